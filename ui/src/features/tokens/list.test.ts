import { describe, expect, test } from "vitest";
import type { TokensTable } from "../../api/bindings";
import { facets, list, sayFilter, tick } from "./list";

// #1 Lantern Night, #2 none Night, #3 Coral Dawn, #4 Lantern Dawn, #5 none Dawn
const table: TokensTable = {
  plan: "aa", count: 5, rendered: 5, micro_pages: 0, micro_version: "", rarity: "",
  rank: [1, 4, 2, 2, 5], bits: [9000, 3000, 7000, 7000, 2000], version: ["", "", "", "", ""],
  layers: [
    { id: "pool", name: "Pool", traits: ["Dawn", "Night"], trait_ids: ["dawn", "night"], counts: [3, 2, 0], column: [1, 1, 0, 0, 0] },
    { id: "crown", name: "Crown", traits: ["Lantern", "Sea glass"], trait_ids: ["lantern", "sea-glass"], counts: [2, 1, 2], column: [0, 2, 1, 0, 2] },
  ],
};
const ids = (...rest: [Parameters<typeof list>[1], string, Parameters<typeof list>[3]]) => [...list(table, ...rest)];
const none = new Map();

test("sorted by rank both ways, equal ranks by number", () => {
  expect(ids(none, "", "rarest")).toEqual([1, 3, 4, 2, 5]);
  expect(ids(none, "", "commonest")).toEqual([5, 2, 3, 4, 1]);
  expect(ids(none, "", "number")).toEqual([1, 2, 3, 4, 5]);
});

test("ticks of one layer add up, layers narrow, none is a trait like the others", () => {
  expect(ids(new Map([["crown", new Set([0, 1])]]), "", "number")).toEqual([1, 3, 4]);
  expect(ids(new Map([["crown", new Set([0])], ["pool", new Set([0])]]), "", "number")).toEqual([4]);
  expect(ids(new Map([["crown", new Set([2])]]), "", "number")).toEqual([2, 5]);
  expect(ids(new Map([["gone", new Set([0])]]), "", "number"), "a layer that is no longer there filters nothing").toHaveLength(5);
});

describe("search", () => {
  test.each([
    ["#3", [3]],
    ["rank 4", [2]],
    ["3", [3]],
    ["lantern", [1, 4]],
    ["lantern dawn", [4]],
    ["glass", [3]],
    ["crown", [1, 3, 4]],
    ["whale", []],
    ["  ", [1, 2, 3, 4, 5]],
  ])("%s", (text, expected) => {
    expect(ids(none, text, "number")).toEqual(expected);
  });
});

test("counts beside a layer follow the other layers and the search, not its own ticks", () => {
  const filters = new Map([["crown", new Set([0])]]);
  expect(facets(table, filters, "", "crown")).toEqual([2, 1, 2]);
  expect(facets(table, filters, "", "pool")).toEqual([1, 1, 0]);
  expect(facets(table, none, "dawn", "crown")).toEqual([1, 1, 1]);
});

test("a filter is said as briefly as it can be", () => {
  expect(sayFilter(table, "crown", new Set([0]))).toBe("Crown: Lantern");
  expect(sayFilter(table, "crown", new Set([2]))).toBe("Crown: None");
  expect(sayFilter(table, "crown", new Set([0, 1]))).toBe("Crown is not None");
  expect(sayFilter(table, "pool", new Set([0, 1])), "pool has no none").toBe("Pool: 2 of 2");
});

test("the last tick of a layer takes the filter away", () => {
  const once = tick(none, "crown", 0);
  expect(once.get("crown")).toEqual(new Set([0]));
  expect(tick(once, "crown", 0).size).toBe(0);
});

test("100,000 tokens are filtered whole", () => {
  const count = 100_000;
  const column = Array.from({ length: count }, (_, i) => i % 3);
  const big: TokensTable = { ...table, count, rank: column.map((_, i) => count - i), version: [], layers: [{ id: "a", name: "A", traits: ["x", "y"], trait_ids: ["x", "y"], counts: [], column }] };
  const found = list(big, new Map([["a", new Set([1])]]), "", "rarest");
  expect(found).toHaveLength(33_333);
  expect(found[0], "the highest number has the best rank here").toBe(99_998);
});
