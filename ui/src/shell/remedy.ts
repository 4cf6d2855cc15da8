// From "The bundle is not signed." to the way there. The studio says what is in the way; the window knows where its steps are.
import type { StageView } from "../api/bindings";
import { type Place, STEPS } from "./navigation";

/** Where something that stands in the way is mended: a step of the rail, or Settings for keys and networks. */
export type Remedy = { label: string; place: Place };

const REMEDIES: readonly [RegExp, Remedy][] = [
  [/\bkey\b.*(locked|missing|made|no |not )|\bno .*\bkey\b|keychain|vault/i, { label: "Open Keys", place: { screen: "settings", at: "keys" } }],
  [/practice chain|endpoint|does not answer|chain id|RPC/i, { label: "Open Networks", place: { screen: "settings", at: "networks" } }],
  [/rehears/i, { label: "Open Rehearsal", place: { screen: "rehearsal" } }],
  [/bundle|copies|sign/i, { label: "Open Storage", place: { screen: "storage" } }],
  [/metadata/i, { label: "Open Metadata", place: { screen: "metadata" } }],
  [/rendered|render|plan|drop\.toml/i, { label: "Open Artwork", place: { screen: "artwork" } }],
];

/** Names the step that mends what a sentence says; where its words tell nothing, the first step of the rail that is not ready. */
export function remedyOf(sentence: string, stages: readonly StageView[]): Remedy | null {
  const byWords = REMEDIES.find(([pattern]) => pattern.test(sentence))?.[1];
  if (byWords !== undefined) return byWords;
  const open = stages.find((stage) => stage.name !== "launch" && stage.name !== "sales" && stage.state !== "done" && stage.state !== "ready");
  const step = STEPS.find(({ id }) => id === open?.name);
  return step === undefined ? null : { label: `Open ${step.title}`, place: { screen: step.id } };
}
