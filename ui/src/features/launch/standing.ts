// How a launch stands, in the words of the screen. Pure.
import type { StepState, StepView } from "../../api/bindings";

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
  const coming = STATIONS.slice(from).map(([, word], i): Station => ({ word, at: null, state: i === 0 && step.state !== "planned" ? "now" : "next" }));
  return [...past, ...coming];
}
