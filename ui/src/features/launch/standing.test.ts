import { describe, expect, it } from "vitest";
import type { BatchView, StageView, StepState, StepView } from "../../api/bindings";
import { landmarks, percentOf, remedyOf, stationsOf, stripSentence, tally } from "./standing";

const batches = (...states: [StepState, number][]): BatchView[] =>
  states
    .flatMap(([state, count]) => Array.from({ length: count }, () => state))
    .map((state, i) => ({ number: i + 1, state, first_token: i * 10 + 1, last_token: i * 10 + 10 }));

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

const evening = batches(["final", 41], ["confirmed", 2], ["sent", 1], ["planned", 16]);

describe("the batch strip", () => {
  it("is said in one sentence", () => {
    expect(stripSentence(evening), "the order of a batch's life").toBe("60 batches: 41 final, 2 in a block, 1 sent, 16 planned");
  });
  it("leaves out states nobody is in", () => {
    expect(tally(batches(["planned", 3])), "only planned").toEqual([{ state: "planned", count: 3 }]);
  });
  it("numbers its ends, its last final and its furthest", () => {
    expect(landmarks(evening), "1, 41, 60: 44 would touch 41").toEqual([1, 41, 60]);
    expect(landmarks(batches(["final", 20], ["sent", 20], ["planned", 20])), "far enough apart").toEqual([1, 20, 40, 60]);
    expect(landmarks(batches(["final", 1])), "one batch is its own end").toEqual([1]);
    expect(landmarks([]), "no batches").toEqual([]);
  });
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
  });
});

describe("percentOf", () => {
  it("stays between nothing and all", () => {
    expect(percentOf(572n, 1310n), "0.0572 of 0.1310").toBe(43.6);
    expect(percentOf(5n, 0n), "no budget").toBe(0);
    expect(percentOf(9n, 3n), "never over the edge").toBe(100);
  });
});

describe("remedyOf", () => {
  const stages = [
    { name: "artwork", state: "done" },
    { name: "tokens", state: "done" },
    { name: "metadata", state: "attention" },
  ].map((stage) => ({ ...stage, sentence: "", percent: null }) as StageView);

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
