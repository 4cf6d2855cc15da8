// The words of a batch strip.
import type { BatchView, StepState } from "../../api/bindings";
import { count } from "../../shell/words";

const ORDER: readonly StepState[] = ["final", "confirmed", "sent", "signed", "planned", "failed"];

/** How many batches stand where, in order, without the states nobody is in. */
export function legend(batches: readonly BatchView[]): [StepState, number][] {
  return ORDER.map((state): [StepState, number] => [state, batches.filter((batch) => batch.state === state).length]).filter(([, number]) => number > 0);
}

/** "60 batches: 41 final, 2 confirmed, 1 sent, 16 planned". */
export function summary(batches: readonly BatchView[]): string {
  const parts = legend(batches).map(([state, number]) => `${count(number)} ${state}`);
  return `${count(batches.length)} ${batches.length === 1 ? "batch" : "batches"}: ${parts.join(", ")}`;
}

/** "Batch 44, #431–440, sent". */
export function label(batch: BatchView): string {
  return `Batch ${count(batch.number)}, #${batch.first_token}–${batch.last_token}, ${batch.state}`;
}
