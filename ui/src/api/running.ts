import type { JobKind, JobView } from "./bindings";
import { useAsk } from "./queries";

/** The job of a kind that runs, waits or is paused: what it makes need not be asked for again. */
export function useRunning(kind: JobKind): JobView | null {
  const jobs = useAsk("jobs").data?.jobs;
  return jobs?.find((job) => job.kind === kind && (job.state === "running" || job.state === "queued" || job.state === "paused")) ?? null;
}
