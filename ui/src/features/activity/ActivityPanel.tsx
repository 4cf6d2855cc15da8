import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { JobView } from "../../api/bindings";
import { useAsk } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { IconButton } from "../../components/icon-button/IconButton";
import { ErrorNotice } from "../../components/notice/Notice";
import { ProgressRow } from "../../components/progress-row/ProgressRow";
import { glyphOfJob } from "../../components/progress-row/progress";
import { SkeletonRows } from "../../components/skeleton/Skeleton";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { navigate } from "../../shell/navigation";
import { setPanels } from "../../shell/panels";
import { clock } from "../../shell/words";
import styles from "./activity.module.css";
import { useSpokenProgress } from "./announce";
import { byDay, isOpen, standing, useJobActs } from "./jobs";

const NONE: readonly JobView[] = [];

/** Nothing runs behind one's back: slides over the inspector, goes with Esc, gives focus back. */
export function ActivityPanel() {
  const jobs = useAsk("jobs");
  const all = jobs.data?.jobs ?? NONE;
  const panel = useRef<HTMLElement>(null);
  useSpokenProgress(all);
  useEffect(() => {
    const before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const own = panel.current;
    own?.focus();
    return () => {
      if (own?.contains(document.activeElement) === true || document.activeElement === document.body) before?.focus();
    };
  }, []);
  return (
    <aside ref={panel} className={styles.panel} aria-label="Activity" data-pane="activity" tabIndex={-1}>
      <div className={styles.head}>
        <h2>Activity</h2>
        <span className="t3 s12">{standing(all)}</span>
        <span className="push">
          <IconButton icon={X} name="Close" shortcut="Escape" onPress={() => setPanels({ activity: false })} />
        </span>
      </div>
      <JobList jobs={all} waiting={jobs.isPending} />
      {jobs.isError && <ErrorNotice report={jobs.error.report} actions={<Button onPress={() => void jobs.refetch()}>Try again</Button>} />}
      <div className={styles.foot}>
        <span className="t3">Jobs go on where they were after a restart.</span>
        <Button
          variant="quiet"
          size="s"
          onPress={() => {
            setPanels({ activity: false });
            navigate({ screen: "activity" });
          }}
        >
          Audit log
        </Button>
      </div>
    </aside>
  );
}

/** What is open on top, with its bar; below it what has ended, by day. */
export function JobList({ jobs, waiting }: { jobs: readonly JobView[]; waiting: boolean }) {
  const acts = useJobActs();
  return (
    <div className={styles.list}>
      {waiting && <SkeletonRows rows={5} name="activity" />}
      {!waiting && jobs.length === 0 && <p className={styles.none}>Nothing has run yet. Renders, uploads, rehearsals and launches appear here, with their progress.</p>}
      {jobs.filter(isOpen).map((job) => (
        <ProgressRow key={job.id} job={job} acts={acts(job)} />
      ))}
      {byDay(jobs).map(({ day, jobs: ended }) => (
        <section key={day} aria-label={day}>
          <h3 className={styles.day}>{day}</h3>
          <ul>
            {ended.map((job) => (
              <li key={job.id} className={styles.ended}>
                <StateGlyph state={glyphOfJob(job.state)} label={job.state} />
                <span className="el">{job.state === "cancelled" ? `${job.title}, cancelled` : job.title}</span>
                <span className={styles.outcome}>{job.outcome}</span>
                <span className={styles.time}>{clock(job.updated_at)}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
