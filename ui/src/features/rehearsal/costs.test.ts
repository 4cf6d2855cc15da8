import { describe, expect, it } from "vitest";
import type { RehearsalReport, RehearsedStep } from "../../api/bindings";
import { billOf, lowFee, othersOf } from "./costs";

const step = (id: string, group: RehearsedStep["group"], gas: string, cost: string): RehearsedStep => ({
  id,
  group,
  sentence: id,
  gas,
  cost,
  actor: "Deployer",
  ok: true,
  revert: null,
});

const report = (over: Partial<RehearsalReport>): RehearsalReport => ({
  hash: "",
  plan_hash: "",
  chain_id: 31337,
  source: "a clean chain",
  made_at: "",
  steps: [],
  gas: "0",
  cost_low: "0",
  cost_typical: "0",
  cost_at_most: "0",
  fee_typical: "2000000000",
  fee_source: "",
  voucher_gas: "90000",
  resale: [
    { token: 1, gas: 52_000 },
    { token: 80, gas: 53_000 },
  ],
  checks: [],
  go: true,
  verdict: "",
  ...over,
});

describe("billOf", () => {
  it("adds up each group in whole gas and wei", () => {
    const lines = billOf([step("a", "prepare", "100", "7"), step("b", "airdrop", "18446744073709551616", "1"), step("c", "airdrop", "1", "1")]);
    expect(lines, "beyond 64 bits and without the empty group").toEqual([
      { what: "Deploy and create", who: "Deployer", gas: 100n, typical: 7n },
      { what: "Mint the batches", who: "Deployer", gas: 18446744073709551617n, typical: 2n },
    ]);
  });
});

describe("lowFee", () => {
  it("is a fee only where the total is made of it", () => {
    expect(lowFee({ gas: "1000", cost_low: "5000" }), "5 wei per gas").toBe(5n);
    expect(lowFee({ gas: "1000", cost_low: "5001" }), "something else is in it").toBeNull();
    expect(lowFee({ gas: "0", cost_low: "0" }), "nothing ran").toBeNull();
  });
});

describe("othersOf", () => {
  it("names what collectors pay, at the typical fee", () => {
    expect(othersOf(report({})), "the dearest token counts").toEqual([
      { what: "Redeem a voucher", who: "its sender", gas: 90_000n, typical: 180_000_000_000_000n },
      { what: "First resale", who: "per token", gas: 53_000n, typical: 106_000_000_000_000n },
    ]);
  });
  it("leaves out what was not measured", () => {
    expect(othersOf(report({ voucher_gas: null, resale: [] })), "nothing").toEqual([]);
  });
});
