import { describe, expect, it } from "vitest";
import { area, line, share, steps, stops, ticks } from "./scale";

describe("ticks", () => {
  it.each([
    [981, [0, 500, 1000]],
    [60, [0, 20, 40, 60]],
    [0.131, [0, 0.05, 0.1, 0.15]],
    [206_357, [0, 100_000, 200_000, 300_000]],
    [1, [0, 0.5, 1]],
    [0.0003, [0, 0.0001, 0.0002, 0.0003]],
  ])("covers %d in round steps", (max, expected) => {
    expect(ticks(max), "1, 2 or 5 times a power of ten").toEqual(expected);
  });

  it("never cuts a token into halves", () => {
    expect(ticks(1, { whole: true }), "one token").toEqual([0, 1]);
    expect(ticks(3, { whole: true }), "three tokens").toEqual([0, 1, 2, 3]);
  });

  it("draws an axis for nothing", () => {
    expect(ticks(0), "no data yet").toEqual([0, 1]);
    expect(ticks(Number.NaN), "nor for what is no number").toEqual([0, 1]);
  });

  it("always reaches the value and stays within its lines", () => {
    for (let max = 0.00001; max < 1e9; max *= 1.37) {
      const found = ticks(max);
      expect(found.at(-1), `the top of ${max}`).toBeGreaterThanOrEqual(max * (1 - 1e-6));
      expect(found.length, `lines for ${max}`).toBeLessThanOrEqual(5);
    }
  });
});

describe("stops", () => {
  it("ends where the axis ends", () => {
    expect(stops(1, 60), "60 batches").toEqual([1, 16, 31, 46, 60]);
    expect(stops(1, 2), "two").toEqual([1, 2]);
    expect(stops(1, 1), "one").toEqual([1]);
  });
});

describe("paths", () => {
  const points = [
    { x: 0, y: 0 },
    { x: 5, y: 10 },
  ];
  it("runs straight", () => {
    expect(line(points, [0, 10], [0, 10]), "to the middle of the top").toBe("M0.00 100.00L50.00 0.00");
  });
  it("holds a value until the next block, and to the end", () => {
    expect(steps(points, [0, 10], [0, 10]), "flat, up, flat").toBe("M0.00 100.00H50.00V0.00H100.00");
  });
  it("fills what is under it", () => {
    expect(area(steps(points, [0, 10], [0, 10]), 0), "closed at the bottom").toMatch(/L100\.00 100\.00L0\.00 100\.00Z$/);
    expect(area("", 0), "nothing under nothing").toBe("");
  });
  it("keeps a value inside the box", () => {
    expect(share(12, [0, 10]), "above").toBe(1);
    expect(share(-1, [0, 10]), "below").toBe(0);
    expect(share(3, [3, 3]), "a domain without width").toBe(0.5);
  });
});
