// The launched steps as rows of the timeline: the same list as in the rehearsal, now live.
import type { StepView } from "../../api/bindings";
import { eth } from "../../components/money-line/money";
import { placesFor } from "../../components/money-line/places";
import { glyphOfStep, StateGlyph } from "../../components/state-glyph/StateGlyph";
import { batchesOf, GROUPS, shortOf } from "../../components/timeline/plan";
import type { TimelineGroup, TimelineRow } from "../../components/timeline/Timeline";
import { clock, counted } from "../../shell/words";
import { STATE_WORD } from "./standing";

/** A launched step on the timeline. */
export type LaunchRow = TimelineRow & { readonly step: StepView; readonly places: number };

/** What is final and what is only planned folds whole; what is under way never does. */
export const LAUNCH_FOLD = { head: 0, tail: 0, least: 12 };

/** Steps under their group (what is picked never folds), with the time the group began beside its name. */
export function launchGroups(steps: readonly StepView[], selected: string | null): TimelineGroup<LaunchRow>[] {
  const places = placesFor(steps.map((step) => BigInt(step.paid ?? 0)));
  return GROUPS.map(({ group, name }) => {
    const own = steps.filter((step) => step.group === group);
    // All steps are written down at the start; a group begins with its first nonce.
    const began = own.flatMap((step) => step.history).find(([what]) => what !== "queued")?.[1];
    return {
      name: group === "airdrop" && own.length > 1 ? `${name}, ${counted(own.length, "batch", "batches")}` : name,
      figure: began === undefined ? "" : clock(began),
      rows: own.map((step) => ({
        id: step.id,
        what: shortOf(step),
        glyph: <StateGlyph state={glyphOfStep(step.state)} label={STATE_WORD[step.state]} />,
        figure: figureOf(step, places),
        places,
        future: step.state === "planned",
        run: group === "airdrop" && step.id !== selected && (step.state === "final" || step.state === "planned") ? step.state : null,
        step,
      })),
    };
  });
}

/** What was paid, or the word for where it stands. */
function figureOf(step: StepView, places: number): string {
  if (step.paid !== null) return eth(BigInt(step.paid), places);
  if (step.state === "final") return "was there";
  return step.state === "planned" ? "" : STATE_WORD[step.state];
}

/** "Batches 2–41, final" and what they cost; "Batches 45–60" to come. */
export function sayLaunchRun(rows: readonly LaunchRow[]): { what: string; figure: string } {
  const name = batchesOf(rows.map((row) => row.id));
  if (rows[0]?.step.state === "planned") return { what: `${name}, planned`, figure: "" };
  const paid = rows.reduce((total, row) => total + BigInt(row.step.paid ?? 0), 0n);
  return { what: `${name}, final`, figure: eth(paid, rows[0]?.places) };
}
