import { describe, expect, it } from "vitest";
import { type Foldable, foldRuns, span } from "./fold";

const batches = (from: number, to: number, run: string | null): Foldable[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ id: `batch-${from + i}`, run }));

const shape = (rows: readonly Foldable[], head = 0, tail = 0, least = 3) =>
  foldRuns(rows, { head, tail, least }).map((item) =>
    item.kind === "row" ? item.row.id : `${item.rows[0]?.id}..${item.rows.at(-1)?.id}`,
  );

describe("foldRuns", () => {
  it("shows a launch as its finished part, its frontier and its rest", () => {
    const rows = [...batches(1, 41, "final"), ...batches(42, 44, null), ...batches(45, 60, "planned")];
    expect(shape(rows), "what is under way stays visible one by one").toEqual([
      "batch-1..batch-41",
      "batch-42",
      "batch-43",
      "batch-44",
      "batch-45..batch-60",
    ]);
  });

  it("keeps the first two and the last of a rehearsed run in sight", () => {
    expect(shape(batches(2, 60, "ok"), 2, 1), "56 of 59 fold").toEqual(["batch-2", "batch-3", "batch-4..batch-59", "batch-60"]);
  });

  it("leaves short runs open, because a fold that hides two rows saves nothing", () => {
    expect(shape(batches(1, 2, "final")), "two rows").toEqual(["batch-1", "batch-2"]);
    expect(shape(batches(1, 5, "ok"), 2, 1), "would hide two").toHaveLength(5);
  });

  it("never joins runs across a row that differs", () => {
    const rows = [...batches(1, 4, "final"), ...batches(5, 5, null), ...batches(6, 9, "final")];
    expect(shape(rows), "the failed fifth parts them").toEqual(["batch-1..batch-4", "batch-5", "batch-6..batch-9"]);
  });

  it("loses no row and keeps the order", () => {
    const rows = [...batches(1, 7, "a"), ...batches(8, 8, null), ...batches(9, 30, "b")];
    const flat = foldRuns(rows, { head: 2, tail: 1, least: 3 }).flatMap((item) => (item.kind === "row" ? [item.row] : item.rows));
    expect(flat, "unfolded again it is the same list").toEqual(rows);
  });

  it("has nothing to say about nothing", () => {
    expect(shape([]), "an empty plan").toEqual([]);
  });
});

describe("span", () => {
  it("names one and many", () => {
    expect(span(7, 7), "one").toBe("7");
    expect(span(2, 41), "many").toBe("2–41");
  });
});
