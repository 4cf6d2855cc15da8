// How a launch stands, in the words of the screen. Pure.
import type { StageName, StageView, StepState, StepView } from "../../api/bindings";

/** The word for a state, as the strip and the timeline use it. */
export const STATE_WORD: Record<StepState, string> = {
  planned: "planned",
  signed: "signed",
  sent: "sent",
  confirmed: "confirmed",
  final: "final",
  failed: "failed",
};

/** One station of a step's way. */
export type Station = { word: string; at: string | null; state: "done" | "now" | "next" | "failed" };

const STATIONS: readonly [string, string][] = [
  ["queued", "Written to disk"],
  ["reserved", "Nonce taken"],
  ["signed", "Signed"],
  ["sent", "Sent"],
  ["included", "In a block"],
  ["final", "Final"],
];
const OTHER: Record<string, string> = { reverted: "Reverted", refused: "Refused", "done-elsewhere": "Was there already" };

/** The way of a step: what happened, with its times, and what is still to come. Repeats (a fee raised, a block undone) are kept. */
export function stationsOf(step: StepView): Station[] {
  const known = new Map(STATIONS);
  const seen = new Set<string>();
  const past: Station[] = step.history.map(([what, at]) => {
    const word = known.get(what) ?? OTHER[what] ?? what;
    const again = seen.has(what) && known.has(what);
    seen.add(what);
    const failed = what === "reverted" || what === "refused";
    return { word: again ? `${word} again` : word, at, state: failed ? "failed" : "done" };
  });
  const ended = step.state === "final" || step.state === "failed";
  if (ended) return past;
  const reached = step.history.at(-1)?.[0];
  const from = STATIONS.findIndex(([what]) => what === reached) + 1;
  const coming = STATIONS.slice(from).map(([, word], i): Station => ({ word, at: null, state: past.length > 0 && i === 0 ? "now" : "next" }));
  return [...past, ...coming];
}

/** Where a blocker is mended: a step of the rail, or Settings for keys and networks. */
export type Remedy = { step: StageName | "settings"; label: string };

const REMEDIES: readonly [RegExp, Remedy][] = [
  [/\bkey\b.*(locked|missing|made|no |not )|\bno .*\bkey\b|keychain|vault/i, { step: "settings", label: "Open Keys" }],
  [/practice chain|endpoint|does not answer|chain id|RPC/i, { step: "settings", label: "Open Networks" }],
  [/rehears/i, { step: "rehearsal", label: "Open Rehearsal" }],
  [/bundle|copies|sign/i, { step: "storage", label: "Open Storage" }],
  [/metadata/i, { step: "metadata", label: "Open Metadata" }],
  [/rendered|render|plan|drop\.toml/i, { step: "artwork", label: "Open Artwork" }],
];

/** Names the step that mends a blocker; where its words tell nothing, the first step of the rail that is not ready. */
export function remedyOf(blocker: string, stages: readonly StageView[]): Remedy | null {
  const byWords = REMEDIES.find(([pattern]) => pattern.test(blocker))?.[1];
  if (byWords !== undefined) return byWords;
  const open = stages.find((stage) => stage.name !== "launch" && stage.name !== "sales" && stage.state !== "done" && stage.state !== "ready");
  return open === undefined ? null : { step: open.name, label: `Open ${open.name.charAt(0).toUpperCase()}${open.name.slice(1)}` };
}
