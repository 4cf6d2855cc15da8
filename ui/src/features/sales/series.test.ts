import { describe, expect, it } from "vitest";
import type { Mint, SaleView } from "../../api/bindings";
import { drawable, royalties, soldThrough, spread, unpaid } from "./series";

const ETH = 10n ** 18n;
const mint = (block: string, quantity: number): Mint => ({ kind: "batch", first_token: 1, quantity, to: "0x", transaction: "0x", block, at: "" });
const sale = (block: string, owed: bigint, received: bigint, currency = "ETH"): SaleView => ({
  token: 1,
  price: ETH.toString(),
  currency,
  seller: "0x",
  buyer: "0x",
  market: "Seaport 1.6",
  royalty_owed: owed.toString(),
  royalty_received: received.toString(),
  transaction: "0x",
  block,
  at: "",
  bundle: false,
});

describe("soldThrough", () => {
  it("adds up block by block, oldest first, whatever order the rows come in", () => {
    expect(soldThrough([mint("12", 10), mint("9", 10), mint("12", 5)]), "two mints share block 12").toEqual([
      { x: 8, y: 0 },
      { x: 9, y: 10 },
      { x: 12, y: 25 },
    ]);
  });
  it("sorts blocks as numbers", () => {
    expect(soldThrough([mint("100", 1), mint("99", 1)]).map((point) => point.x), "99 before 100").toEqual([98, 99, 100]);
  });
  it("draws nothing from nothing", () => {
    expect(soldThrough([]), "no mints").toEqual([]);
  });
});

describe("royalties", () => {
  it("keeps owed and received on the same blocks", () => {
    const { owed, received } = royalties([sale("5", ETH / 20n, 0n), sale("4", ETH / 20n, ETH / 20n)]);
    expect(owed.map((point) => point.y), "both owe").toEqual([0, 0.05, 0.1]);
    expect(received.map((point) => point.y), "one pays").toEqual([0, 0.05, 0.05]);
  });
  it("never adds another currency to ether", () => {
    expect(royalties([sale("5", ETH, ETH, "0x5555")]).owed, "a token sale").toEqual([]);
  });
});

describe("unpaid", () => {
  it("counts what is missing in whole wei", () => {
    const { sales, missing } = unpaid([sale("1", 3n, 1n), sale("2", 3n, 3n), sale("3", 5n, 0n)]);
    expect(sales, "two paid less").toHaveLength(2);
    expect(missing, "2 + 5 wei").toBe(7n);
  });
});

describe("drawable", () => {
  it("is close enough for a line", () => {
    expect(drawable(1_650_000_000_000_000_000n), "1.65 ETH").toBeCloseTo(1.65, 8);
  });
});

describe("spread", () => {
  it("puts every holder in one band", () => {
    const bands = spread([{ tokens: 1 }, { tokens: 1 }, { tokens: 4 }, { tokens: 40 }]);
    expect(bands.map((band) => band.holders), "1, 2, 3–5, 6–10, over 10").toEqual([2, 0, 1, 0, 1]);
  });
});
