import { describe, expect, it } from "vitest";
import type { StageView, StepView } from "../../api/bindings";
import { remedyOf, stationsOf } from "./standing";

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

const stage = (name: StageView["name"], state: StageView["state"]): StageView => ({ name, state, sentence: "", percent: null });

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
  });
});

describe("remedyOf", () => {
  const stages = [stage("artwork", "done"), stage("tokens", "done"), stage("metadata", "attention")];

  it.each([
    ["The bundle is not signed for this network. Sign the bundle with the Deployer key.", "storage"],
    ["0 of 1 copies are proven. Store the bundle and let it be read back.", "storage"],
    ["There is no bundle yet. Build the bundle.", "storage"],
    ["The launch has not been rehearsed. Rehearse the launch.", "rehearsal"],
    ["There is no plan yet. Plan the tokens; it takes a moment.", "artwork"],
    ["84 of 100 tokens are rendered. Render the rest.", "artwork"],
    ["The metadata has errors. The first: …", "metadata"],
    ["The Deployer key has not been made yet. Make it in Keys.", "settings"],
  ])("sends %j to %s", (blocker, expected) => {
    expect(remedyOf(blocker, stages)?.step, "the step that mends it").toBe(expected);
  });

  it("falls back to the first step that is not ready", () => {
    expect(remedyOf("Something else.", stages), "metadata needs attention").toEqual({ step: "metadata", label: "Open Metadata" });
    expect(remedyOf("Something else.", []), "nothing to point at").toBeNull();
  });
});
