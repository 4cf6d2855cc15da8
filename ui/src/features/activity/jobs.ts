// Jobs as the panel lists them, and what can be done about each.
import type { JobView } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import type { JobActs } from "../../components/progress-row/ProgressRow";
import { count, day } from "../../shell/words";

/** True while it runs, waits or needs somebody. */
export function isOpen(job: JobView): boolean {
  return job.state === "queued" || job.state === "running" || job.state === "paused" || job.state === "failed";
}

/** "2 running, 1 needs you"; "nothing running". */
export function standing(jobs: readonly JobView[]): string {
  const running = jobs.filter((job) => job.state === "running" || job.state === "queued").length;
  const paused = jobs.filter((job) => job.state === "paused").length;
  const failed = jobs.filter((job) => job.state === "failed").length;
  const parts = [
    ...(running > 0 ? [`${count(running)} running`] : []),
    ...(paused > 0 ? [`${count(paused)} paused`] : []),
    ...(failed > 0 ? [`${count(failed)} ${failed === 1 ? "needs" : "need"} you`] : []),
  ];
  return parts.length === 0 ? "nothing running" : parts.join(", ");
}

/** What has ended, under the day it ended on; newest first. */
export function byDay(jobs: readonly JobView[], now: Date = new Date()): { day: string; jobs: JobView[] }[] {
  const days: { day: string; jobs: JobView[] }[] = [];
  for (const job of jobs.filter((one) => !isOpen(one)).toSorted((one, other) => other.updated_at.localeCompare(one.updated_at))) {
    const said = day(job.updated_at, now);
    const name = said.endsWith(" today") ? "Today" : said.charAt(0).toUpperCase() + said.slice(1);
    const last = days.at(-1);
    if (last?.day === name) last.jobs.push(job);
    else days.push({ day: name, jobs: [job] });
  }
  return days;
}

/** Pause, continue, cancel, try again. */
export function useJobActs(): (job: JobView) => JobActs {
  const pause = useAct("job_pause");
  const resume = useAct("job_resume");
  const cancel = useAct("job_cancel");
  const retry = useAct("job_retry");
  return ({ id }) => ({
    onPause: () => pause.mutate({ id }),
    onResume: () => resume.mutate({ id }),
    onCancel: () => cancel.mutate({ id }),
    onRetry: () => retry.mutate({ id }),
  });
}
