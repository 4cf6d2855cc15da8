import { describe, expect, test } from "vitest";
import { clampScroll, hit, lay, place, reveal, visibleRows } from "./geometry";

const grid = lay(1_000, 608, 64, 40);

describe("lay", () => {
  test("cells grow until the row is full, and never past it", () => {
    expect(grid.columns).toBe(8);
    const last = place(grid, grid.columns - 1);
    expect(last.x + grid.cell, "the row ends inside the width").toBeLessThanOrEqual(608);
    expect(608 - (last.x + grid.cell), "and fills it to within a pixel a column").toBeLessThan(grid.columns + 1);
  });

  test("100,000 cells stay under what an engine can scroll", () => {
    expect(lay(100_000, 608, 64, 40).height).toBeLessThan(33_554_428);
    expect(lay(100_000, 100, 160, 40).height, "one column of large cells").toBeLessThan(33_554_428);
  });

  test("a window narrower than a cell still has a column, an empty grid no row", () => {
    expect(lay(10, 10, 64, 40)).toMatchObject({ columns: 1, rows: 10 });
    expect(lay(0, 608, 64, 40).rows).toBe(0);
  });
});

describe("place and hit agree", () => {
  test.each([0, 1, 7, 8, 500, 999])("at cell %i", (index) => {
    const { x, y } = place(grid, index);
    expect(hit(grid, x, y), "top left corner").toBe(index);
    expect(hit(grid, x + grid.cell - 1, y + grid.cell - 1), "bottom right corner").toBe(index);
    expect(hit(grid, x + grid.cell, y), "the gap beside it").toBeNull();
  });

  test("the gutter, the outside and cells beyond the last are nobody", () => {
    expect(hit(grid, 10, 10)).toBeNull();
    expect(hit(grid, 700, 10)).toBeNull();
    expect(hit(grid, 50, -5)).toBeNull();
    const short = lay(9, 608, 64, 40);
    const ninth = place(short, 8);
    expect(hit(short, ninth.x + short.cell + short.gap, ninth.y)).toBeNull();
  });
});

test("visible rows hold exactly what the window shows, prefetch goes further but not outside", () => {
  const pitch = grid.cell + grid.gap;
  expect(visibleRows(grid, 0, pitch * 3)).toEqual({ first: 0, last: 2 });
  expect(visibleRows(grid, pitch * 10, pitch * 3)).toMatchObject({ first: 9, last: 12 });
  expect(visibleRows(grid, 0, pitch * 3, 4)).toEqual({ first: 0, last: 6 });
  expect(visibleRows(grid, grid.height, pitch * 3, 4).last).toBe(grid.rows - 1);
});

test("a cell in view does not move the grid; one outside comes in from its side", () => {
  const height = 400;
  expect(reveal(grid, 0, 0, height)).toBe(0);
  expect(reveal(grid, 8, 20, height)).toBe(20);
  const low = reveal(grid, 80, 0, height);
  expect(low).toBeGreaterThan(0);
  expect(place(grid, 80).y + grid.cell, "now inside").toBeLessThanOrEqual(low + height);
  expect(reveal(grid, 0, 5_000, height)).toBe(0);
  expect(clampScroll(grid, 1e12, height), "WebKit answers 0 to this, Chromium the end").toBe(grid.height - height);
});
