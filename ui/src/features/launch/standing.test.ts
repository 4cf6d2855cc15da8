import { describe, expect, it } from "vitest";
import type { StepView } from "../../api/bindings";
import { stationsOf } from "./standing";

const step = (over: Partial<StepView>): StepView => ({
  id: "batch-1",
  group: "airdrop",
  sentence: "Mint tokens 1 to 10",
  state: "planned",
  nonce: null,
  transaction: null,
  block: null,
  paid: null,
  gas: null,
  at_most: null,
  first_token: 1,
  last_token: 10,
  history: [],
  error: null,
  ...over,
});

describe("stationsOf", () => {
  it("shows what happened, what happens now, and what comes", () => {
    const sent = step({ state: "sent", history: [["queued", "t0"], ["reserved", "t1"], ["signed", "t2"], ["sent", "t3"]] });
    expect(stationsOf(sent).map(({ word, state }) => `${word}: ${state}`), "the block is awaited").toEqual([
      "Written to disk: done",
      "Nonce taken: done",
      "Signed: done",
      "Sent: done",
      "In a block: now",
      "Final: next",
    ]);
  });
  it("keeps a raised fee as a second sending", () => {
    const history: [string, string][] = [["queued", "t0"], ["sent", "t1"], ["sent", "t2"]];
    expect(stationsOf(step({ state: "sent", history }))[2], "said as such").toEqual({ word: "Sent again", at: "t2", state: "done" });
  });
  it("ends where the step ends", () => {
    expect(stationsOf(step({ state: "failed", history: [["queued", "t0"], ["reverted", "t1"]] })).at(-1), "nothing comes after").toMatchObject({ word: "Reverted", state: "failed" });
    expect(stationsOf(step({ state: "final", history: [["final", "t"]] })), "final is final").toHaveLength(1);
  });
  it("has all its way before it when planned", () => {
    expect(stationsOf(step({})).every((station) => station.state === "next"), "nothing is under way").toBe(true);
    expect(stationsOf(step({ history: [["queued", "t"]] }))[1], "written down, and waiting its turn").toMatchObject({ word: "Nonce taken", state: "next" });
  });
});
