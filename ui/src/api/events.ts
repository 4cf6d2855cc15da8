// What the studio says unasked, turned into fresh answers.
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { platform } from "../platform/platform";
import type { JobView, Jobs, StudioEvent, Topic } from "./bindings";
import { keyOf } from "./topics";

/** Topics named within this time are asked for together: a job names the same ones many times a second. */
const GATHER_MS = 60;

/** Turns events into invalidations. Returns the handler and a way to flush in tests. */
export function follow(client: QueryClient, later: (run: () => void) => void): (event: StudioEvent) => void {
  let topics = new Set<Topic>();
  const flush = () => {
    const named = topics;
    topics = new Set();
    for (const topic of named) void client.invalidateQueries({ queryKey: [topic] });
  };
  return (event) => {
    if (event.kind === "job") {
      putJob(client, event.job);
      return;
    }
    if (topics.size === 0) later(flush);
    for (const topic of event.topics) topics.add(topic);
  };
}

/** Puts a job at its place in the list that is shown; newest first. */
export function putJob(client: QueryClient, job: JobView): void {
  client.setQueryData<Jobs>(keyOf("jobs", {}), (known) => {
    if (known === undefined) return known;
    const there = known.jobs.some((other) => other.id === job.id);
    return { jobs: there ? known.jobs.map((other) => (other.id === job.id ? job : other)) : [job, ...known.jobs] };
  });
}

/** Follows the studio while the window is open. */
export function useStudioEvents(): void {
  const client = useQueryClient();
  useEffect(() => {
    const hear = follow(client, (run) => window.setTimeout(run, GATHER_MS));
    return platform().listen(hear, () => void client.invalidateQueries());
  }, [client]);
}
