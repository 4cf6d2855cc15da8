import { expect, test } from "vitest";
import type { TokensTable } from "../../api/bindings";
import { histogram, sayBits } from "./rarity";

const table = { bits: [28_400, 16_000, 16_000, 20_000] } as TokensTable;

test("every token is in one bin, the rarest in the first, the commonest in the last", () => {
  const { bins, most, rarest, commonest } = histogram(table, Uint32Array.of(1, 2, 3, 4), 4);
  expect(bins.map((bin) => bin.count)).toEqual([1, 0, 1, 2]);
  expect([most, rarest, commonest]).toEqual([2, 28_400, 16_000]);
});

test("tokens that are all alike share a bin, none have none", () => {
  expect(histogram(table, Uint32Array.of(2, 3), 4).bins[0]?.count).toBe(2);
  expect(histogram(table, new Uint32Array(), 4).bins).toEqual([]);
});

test("bits are shown without rounding up", () => {
  expect(sayBits(28_499)).toBe("28.4");
});
