import { useEffect, useRef } from "react";
import type { JobView } from "../../api/bindings";
import { announce } from "../../shell/announce";

/** Says quarters and changes of state, and nothing between: a reader is not a progress bar. */
export function useSpokenProgress(jobs: readonly JobView[]): void {
  const said = useRef<ReadonlyMap<string, string> | null>(null);
  useEffect(() => {
    const now = new Map(jobs.map((job) => [job.id, word(job)]));
    const before = said.current;
    said.current = now;
    // What stood when the panel opened is on screen, not news.
    if (before === null) return;
    for (const job of jobs) {
      const next = now.get(job.id);
      if (next !== undefined && next !== before.get(job.id)) announce(`${job.title}: ${next}`);
    }
  }, [jobs]);
}

function word(job: JobView): string {
  if (job.state !== "running") return job.state;
  const quarter = job.total === 0 ? 0 : Math.floor((job.done * 4) / job.total);
  return ["running", "a quarter done", "half done", "three quarters done", "nearly done"][quarter] ?? "running";
}
