import { describe, expect, test } from "vitest";
import type { LayerView, Target, TraitView } from "../../api/bindings";
import { convert, countOf, freeOf, fromSlider, giverOf, nudge, parseTarget } from "./target";

const percent = (value: string): Target => ({ kind: "percent", value });
const count = (value: number): Target => ({ kind: "count", value });
const weight = (value: number): Target => ({ kind: "weight", value });

const trait = (target: Target, target_count: number): TraitView => ({ id: "a", name: "A", target, target_count, planned: 0, rendered: 0, thumb: "", problem: null });

test.each([
  ["percent", "12.5", percent("12.5")],
  ["percent", "12.50", percent("12.5")],
  ["percent", "100", percent("100")],
  ["percent", "100.0001", null],
  ["percent", "1.23456", null],
  ["percent", "1e1", null],
  ["count", "40", count(40)],
  ["count", "1001", null],
  ["count", "-1", null],
  ["count", "4.5", null],
  ["weight", "5000", weight(5000)],
  ["weight", "", null],
] as const)("typed as %s, %s", (kind, text, expected) => {
  expect(parseTarget(kind, text, 1_000)).toEqual(expected);
});

test("another kind says the same as near as it can", () => {
  expect(convert(percent("2.4"), 24, 1_000, "count")).toEqual(count(24));
  expect(convert(count(1), 1, 3, "percent")).toEqual(percent("33.3333"));
  expect(convert(count(0), 0, 1_000, "weight"), "a weight of nothing would lock the trait out").toEqual(weight(1));
  expect(convert(count(5), 5, 1_000, "count")).toEqual(count(5));
});

test("one token more or less, never below nothing nor above all", () => {
  expect(nudge(count(40), 1, 1_000)).toEqual(count(41));
  expect(nudge(count(1_000), 1, 1_000)).toEqual(count(1_000));
  expect(nudge(count(0), -1, 1_000)).toEqual(count(0));
  expect(nudge(percent("2.4"), 1, 1_000)).toEqual(percent("2.5"));
  expect(nudge(percent("99.99"), 1, 100)).toEqual(percent("100"));
});

describe("what a draft would mean", () => {
  const layer: LayerView = {
    id: "crown", name: "Crown", blend: "normal", none: null, none_planned: 0,
    traits: [
      ["lantern", weight(1), 100], ["coral", weight(3), 300], ["feather", count(600), 600],
    ].map(([id, target, target_count]) => ({ id, name: id, target, target_count, planned: 0, rendered: 0, thumb: "", problem: null }) as TraitView),
  };

  test.each([
    [count(40), 40],
    [percent("2.5"), 25],
    [weight(1), 100],
    [weight(3), 200],
    [weight(0), 0],
  ])("%o is %i", (target, expected) => {
    expect(countOf(target, layer, "lantern", 1_000)).toBe(expected);
  });
});

test("what is free is said only where nothing gives way", () => {
  const bare: LayerView = { id: "x", name: "X", blend: "normal", none: null, none_planned: 0, traits: [] };
  expect(freeOf({ ...bare, traits: [trait(percent("60"), 60), trait(percent("40"), 40)] }, 100)).toBe(0);
  expect(freeOf({ ...bare, traits: [trait(percent("60"), 60)], none: percent("30") }, 100)).toBe(10);
  expect(freeOf({ ...bare, traits: [trait(percent("60"), 60), trait(weight(1), 40)] }, 100)).toBeNull();
});

test("what others leave goes to wearing none, else to the largest of the others", () => {
  const traits = [["a", 60], ["b", 30], ["c", 10]].map(([id, target_count]) => ({ id, name: id, target: count(0), target_count, planned: 0, rendered: 0, thumb: "", problem: null }) as TraitView);
  const layer: LayerView = { id: "crown", name: "Crown", blend: "normal", none: null, none_planned: 5, traits };
  expect(giverOf(layer, "b")?.trait).toBe("a");
  expect(giverOf(layer, "a")?.trait, "never the one that is changed").toBe("b");
  expect(giverOf({ ...layer, none: percent("5") }, "a")).toEqual({ trait: null, name: "No crown", count: 5 });
  expect(giverOf({ ...layer, none: percent("5") }, null)?.trait, "none itself is changed").toBe("a");
});

test("the slider's halves of a percent stay decimal", () => {
  expect(fromSlider("percent", 2.5)).toEqual(percent("2.5"));
  expect(fromSlider("percent", 0.1 + 0.2), "no float leaks out").toEqual(percent("0.3"));
});
