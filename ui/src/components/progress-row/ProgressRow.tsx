import { Pause, Play, X } from "lucide-react";
import type { JobView } from "../../api/bindings";
import { Button } from "../button/Button";
import { IconButton } from "../icon-button/IconButton";
import { Meter } from "../meter/Meter";
import { CopyDetails } from "../notice/Notice";
import { StateGlyph } from "../state-glyph/StateGlyph";
import { glyphOfJob, progress, spoken } from "./progress";
import styles from "./progress-row.module.css";

export type JobActs = { onPause: () => void; onResume: () => void; onCancel: () => void; onRetry: () => void };

/** A long job: what, how far, rate, time left; pause, cancel. Failed: code and one action. */
export function ProgressRow({ job, acts }: { job: JobView; acts: JobActs }) {
  const share = job.total > 0 ? job.done / job.total : 0;
  const open = job.state === "running" || job.state === "paused" || job.state === "queued";
  return (
    <article className={styles.job} aria-label={job.title}>
      <div className={styles.row}>
        <StateGlyph state={glyphOfJob(job.state)} fraction={job.total > 0 ? share : null} />
        <span className="m el">{job.state === "paused" ? `${job.title}, paused` : job.title}</span>
        <span className={styles.step}>{job.step}</span>
      </div>
      {open && <Meter share={share} tone={job.state === "running" ? "accent" : "muted"} name={job.title} valueText={spoken(job)} />}
      {job.state === "failed" && job.error !== null && <p className={styles.why}>{job.error.message}</p>}
      <div className={styles.row}>
        {job.state === "failed" ? <span className="mono t2 el">{job.error?.code}</span> : <span className={styles.far}>{open ? progress(job) : job.outcome}</span>}
        <span className={styles.acts}>
          {job.state === "running" && job.can_pause && <IconButton size="s" icon={Pause} name={`Pause: ${job.title}`} onPress={acts.onPause} />}
          {job.state === "paused" && <IconButton size="s" icon={Play} name={`Continue: ${job.title}`} onPress={acts.onResume} />}
          {open && <IconButton size="s" icon={X} name={`Cancel: ${job.title}`} onPress={acts.onCancel} />}
          {job.state === "failed" && job.error !== null && job.error.details !== null && <CopyDetails size="s" report={job.error} />}
          {(job.state === "failed" || job.state === "cancelled") && (
            <Button size="s" onPress={acts.onRetry}>
              Try again
            </Button>
          )}
        </span>
      </div>
    </article>
  );
}
