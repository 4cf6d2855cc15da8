// The words a plan's steps have in common, in the rehearsal and in the launch.
import type { StepGroup } from "../../api/bindings";
import { span } from "./fold";

/** Groups in the order of the timeline. */
export const GROUPS: readonly { group: StepGroup; name: string }[] = [
  { group: "prepare", name: "Prepare" },
  { group: "airdrop", name: "Airdrop" },
  { group: "after", name: "After" },
];

/** The number in "batch-12"; null for other steps. */
export function batchOf(id: string): number | null {
  const match = /^batch-(\d+)$/.exec(id);
  return match === null ? null : Number(match[1]);
}

/** "Batches 2–41", from the ids of a run. */
export function batchesOf(ids: readonly string[]): string {
  const numbers = ids.map(batchOf).filter((number): number is number => number !== null);
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (first === undefined || last === undefined) return `${ids.length} steps`;
  return first === last ? `Batch ${first}` : `Batches ${span(first, last)}`;
}

const SHORT: Record<string, string> = {
  "deploy-implementation": "Deploy the code",
  "deploy-factory": "Deploy the factory",
  "create-drop": "Create the drop",
  freeze: "Freeze the metadata",
};

/** A step in the width of the timeline: "Batch 44, #431–440". The whole sentence stands in the inspector. */
export function shortOf(step: { id: string; sentence: string; first_token?: number | null; last_token?: number | null }): string {
  const batch = batchOf(step.id);
  if (batch === null) return SHORT[step.id] ?? step.sentence;
  // The rehearsal has its tokens in the sentence only.
  const said = /tokens? (\d+)(?: to (\d+))?/.exec(step.sentence);
  const first = step.first_token ?? (said === null ? null : Number(said[1]));
  const last = step.last_token ?? (said === null ? null : Number(said[2] ?? said[1]));
  return first === null || last === null ? `Batch ${batch}` : `Batch ${batch}, #${span(first, last)}`;
}
