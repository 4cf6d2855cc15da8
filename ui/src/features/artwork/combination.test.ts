import { expect, test } from "vitest";
import type { Artwork, TokensTable } from "../../api/bindings";
import { combinationOf, exampleOf, pathsOf, wearers } from "./combination";

const problem = { code: "ART-FILE-DAMAGED", message: "", hint: null, details: null, exit: 1 };
const trait = (id: string, broken = false) => ({ id, name: id, target: { kind: "count" as const, value: 1 }, target_count: 1, planned: 1, rendered: 1, thumb: "", problem: broken ? problem : null });
const layer = (id: string, traits: ReturnType<typeof trait>[]) => ({ id, name: id, blend: "normal" as const, none: null, none_planned: 0, traits });
const artwork = { example: ["pool/night", "body/crab"], layers: [layer("pool", [trait("night")]), layer("body", [trait("crab")]), layer("crown", [trait("lantern"), trait("coral", true)])] } as Artwork;
const table = { count: 3, layers: [{ id: "crown", name: "Crown", traits: ["Lantern", "Coral"], trait_ids: ["lantern", "coral"], counts: [2, 0, 1], column: [0, 2, 0] }] } as unknown as TokensTable;

test("the example leaves out layers it does not wear", () => {
  expect(exampleOf(artwork)).toEqual({ pool: "night", body: "crab", crown: null });
});

test("paths go bottom to top and skip what cannot be drawn", () => {
  expect(pathsOf(artwork, { crown: "lantern", body: "crab", pool: "night" })).toEqual(["pool/night", "body/crab", "crown/lantern"]);
  expect(pathsOf(artwork, { crown: "coral", body: "gone", pool: null }), "damaged, removed and none").toEqual([]);
});

test("wearers and what they wear come from the plan", () => {
  expect(wearers(table, { layer: "crown", trait: "lantern" })).toEqual([1, 3]);
  expect(wearers(table, { layer: "crown", trait: null })).toEqual([2]);
  expect(wearers(table, { layer: "gone", trait: null })).toEqual([]);
  expect(combinationOf(table, 2)).toEqual({ crown: null });
  expect(combinationOf(table, 3)).toEqual({ crown: "lantern" });
});
