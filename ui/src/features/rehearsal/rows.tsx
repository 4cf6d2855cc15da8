// The rehearsed steps as rows of the timeline.
import type { RehearsedStep } from "../../api/bindings";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { GROUPS, shortOf } from "../../components/timeline/plan";
import type { TimelineGroup, TimelineRow } from "../../components/timeline/Timeline";
import { count, counted } from "../../shell/words";
import { sum } from "./costs";

/** A rehearsed step on the timeline. */
export type RehearsedRow = TimelineRow & { readonly step: RehearsedStep };

/** Two rows, "56 more, all alike", and the last: enough to see a pattern and its end. */
export const REHEARSAL_FOLD = { head: 2, tail: 1, least: 8 };

/** Steps under their group, with the group's gas beside its name. */
export function rehearsedGroups(steps: readonly RehearsedStep[]): TimelineGroup<RehearsedRow>[] {
  return GROUPS.map(({ group, name }, i) => {
    const own = steps.filter((step) => step.group === group);
    const gas = count(Number(sum(own.map((step) => step.gas))));
    return {
      name: group === "airdrop" && own.length > 1 ? `${name}, ${counted(own.length, "batch", "batches")}` : name,
      figure: i === 0 ? `${gas} gas` : gas,
      rows: own.map((step) => ({
        id: step.id,
        what: shortOf(step),
        glyph: <StateGlyph state={step.ok ? "done" : "failed"} label={step.ok ? "went through" : "did not go through"} />,
        figure: count(Number(step.gas)),
        // Only batches are alike, and only those that went through.
        run: step.ok && step.group === "airdrop" ? "batch" : null,
        step,
      })),
    };
  });
}

/** "5 more, all alike", and their gas. */
export function sayRehearsedRun(rows: readonly RehearsedRow[]): { what: string; figure: string } {
  return { what: `${count(rows.length)} more, all alike`, figure: count(Number(sum(rows.map((row) => row.step.gas)))) };
}
