// How far a job is, in words.
import type { JobState, JobView } from "../../api/bindings";
import { count, lasting } from "../../shell/words";
import type { Glyph } from "../state-glyph/StateGlyph";

/** The shape of a job's state. */
export function glyphOfJob(state: JobState): Glyph {
  switch (state) {
    case "queued":
      return "scheduled";
    case "running":
      return "running";
    case "paused":
      return "paused";
    case "cancelled":
      return "empty";
    case "failed":
      return "failed";
    case "done":
      return "done";
  }
}

/** "1,436 of 2,003 · 5 a second · 2 min left", or where a restart picked it up. */
export function progress(job: JobView): string {
  const far = job.total > 0 ? `${count(job.done)} of ${count(job.total)}` : job.done > 0 ? count(job.done) : "";
  const parts = [far];
  if (job.state === "running") {
    if (job.per_minute !== null) parts.push(rate(job.per_minute));
    if (job.seconds_left !== null) parts.push(`${lasting(job.seconds_left)} left`);
    if (job.per_minute === null && job.picked_up_at !== null) parts.push(`picked up at ${count(job.picked_up_at)} after the restart`);
  }
  if (job.state === "queued") parts.push("waits its turn");
  return parts.filter((part) => part !== "").join(" · ");
}

/** The same for a reader: "1,436 of 2,003, 2 min left". */
export function spoken(job: JobView): string {
  return progress(job).replaceAll(" · ", ", ");
}

function rate(perMinute: number): string {
  return perMinute >= 120 ? `${count(Math.round(perMinute / 60))} a second` : `${count(Math.round(perMinute))} a minute`;
}
