import { describe, expect, it } from "vitest";
import type { StageView } from "../api/bindings";
import { remedyOf } from "./remedy";

const stage = (name: StageView["name"], state: StageView["state"]): StageView => ({ name, state, sentence: "", percent: null });

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
    expect(remedyOf(blocker, stages)?.place.screen, "the step that mends it").toBe(expected);
  });

  it("falls back to the first step that is not ready", () => {
    expect(remedyOf("Something else.", stages), "metadata needs attention").toEqual({ label: "Open Metadata", place: { screen: "metadata" } });
    expect(remedyOf("Something else.", []), "nothing to point at").toBeNull();
  });
});
