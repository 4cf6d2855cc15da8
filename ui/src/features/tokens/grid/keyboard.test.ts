import { describe, expect, test } from "vitest";
import { type Cursor, type GridKey, NOTHING, isPicked, move, pick, pickedCount, press, toggle, wish } from "./keyboard";

const key = (name: string, held: Partial<GridKey> = {}): GridKey => ({ key: name, shift: false, ctrl: false, ...held });
// 20 tokens in 8 columns: rows 0–7, 8–15 and 16–19.
const shape = { count: 20, columns: 8, page: 2 };
const id = (index: number) => index + 1;

describe("a key moves", () => {
  test.each([
    [0, key("ArrowRight"), 1, "on"],
    [7, key("ArrowRight"), 8, "round into the next row"],
    [19, key("ArrowRight"), 19, "not past the last"],
    [0, key("ArrowLeft"), 0, "not before the first"],
    [3, key("ArrowDown"), 11, "a row down"],
    [14, key("ArrowDown"), 19, "to the last where the row below is short"],
    [18, key("ArrowDown"), 18, "not below the last row"],
    [11, key("ArrowUp"), 3, "a row up"],
    [3, key("ArrowUp"), 3, "not above the first row"],
    [11, key("Home"), 8, "to the row's beginning"],
    [11, key("End"), 15, "to the row's end"],
    [17, key("End"), 19, "to the end of a short row"],
    [11, key("Home", { ctrl: true }), 0, "to the first of all"],
    [11, key("End", { ctrl: true }), 19, "to the last of all"],
    [1, key("PageDown"), 17, "a page down in its column"],
    [6, key("PageDown"), 14, "a page down as far as its column goes"],
    [17, key("PageUp"), 1, "a page up in its column"],
  ])("from %i, %o to %i", (from, pressed, to, why) => {
    expect(move(from, pressed, shape), why).toBe(to);
  });

  test("nothing in an empty grid, nor by a letter", () => {
    expect(move(0, key("ArrowDown"), { count: 0, columns: 8, page: 2 })).toBeNull();
    expect(move(0, key("x"), shape)).toBeNull();
  });
});

describe("picking", () => {
  const start: Cursor = pick(3, id);

  test("an arrow picks the one it comes to", () => {
    const next = press(start, key("ArrowRight"), shape, id);
    expect(next).toMatchObject({ focus: 4, anchor: 4 });
    expect([...(next?.picked.except ?? [])]).toEqual([5]);
  });

  test("Shift extends from the anchor and shrinks back to it", () => {
    const wide = press(press(start, key("ArrowRight", { shift: true }), shape, id) as Cursor, key("ArrowRight", { shift: true }), shape, id) as Cursor;
    expect([...wide.picked.except]).toEqual([4, 5, 6]);
    const back = press(wide, key("ArrowLeft", { shift: true }), shape, id) as Cursor;
    expect([...back.picked.except]).toEqual([4, 5]);
    const other = press(back, key("Home", { shift: true }), shape, id) as Cursor;
    expect([...other.picked.except], "across the anchor").toEqual([1, 2, 3, 4]);
  });

  test("Ctrl A picks all without counting them, Space takes one out again", () => {
    const all = press(start, key("a", { ctrl: true }), shape, id) as Cursor;
    expect(pickedCount(all.picked, 20)).toBe(20);
    const but = press(all, key(" "), shape, id) as Cursor;
    expect(pickedCount(but.picked, 20)).toBe(19);
    expect(isPicked(but.picked, 4)).toBe(false);
    expect(isPicked(but.picked, 5)).toBe(true);
  });

  test("a toggle goes in and out", () => {
    const none: Cursor = { focus: 0, anchor: 0, picked: NOTHING };
    expect(isPicked(toggle(none, 2, id).picked, 3)).toBe(true);
    expect(isPicked(toggle(toggle(none, 2, id), 2, id).picked, 3)).toBe(false);
  });
});

test("letters wish for views and sizes, never with Ctrl", () => {
  expect(["Enter", "e", "g", "+", "-", "/", "x"].map((name) => wish(key(name)))).toEqual(["open", "open", "close", "bigger", "smaller", "search", null]);
  expect(wish(key("e", { ctrl: true }))).toBeNull();
});
