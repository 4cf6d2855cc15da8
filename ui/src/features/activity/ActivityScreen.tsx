import { useState } from "react";
import { useAsk } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { EmptyState } from "../../components/empty-state/EmptyState";
import { FactRows } from "../../components/fact-rows/FactRows";
import { HashChip } from "../../components/hash-chip/HashChip";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { ErrorNotice, Notice } from "../../components/notice/Notice";
import { SkeletonRows } from "../../components/skeleton/Skeleton";
import { Stage } from "../../components/stage/Stage";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { DataTable } from "../../components/table/DataTable";
import { clock, count, counted, day } from "../../shell/words";
import { JobList } from "./ActivityPanel";
import styles from "./activity.module.css";

/** The audit log: every step that was taken, each line bound to the one before by its hash. */
export function ActivityScreen() {
  const audit = useAsk("audit");
  const jobs = useAsk("jobs");
  const [picked, setPicked] = useState<string | null>(null);
  const log = audit.data;
  const entry = log?.entries.find((one) => String(one.seq) === picked) ?? log?.entries[0];
  return (
    <>
      <Stage title="Audit log" fact={log === undefined ? undefined : log.total === log.entries.length ? counted(log.total, "entry", "entries") : `the last ${count(log.entries.length)} of ${count(log.total)} entries`}>
        {audit.isError && <ErrorNotice report={audit.error.report} actions={<Button onPress={() => void audit.refetch()}>Read it again</Button>} />}
        {log !== undefined && !log.intact && (
          <Notice tone="bad" title={`Entry ${log.broken_at ?? "?"} does not hold.`} code="AUDIT-BROKEN">
            It, or one before it, was changed after it was written. Entries before it are as they were; nothing on chain depends on this log.
          </Notice>
        )}
        {audit.isPending && <SkeletonRows rows={10} name="the audit log" />}
        {log !== undefined && log.entries.length === 0 && <EmptyState title="Nothing done yet">Every change, render, signature and transaction is written down here, in order.</EmptyState>}
        {log !== undefined && log.entries.length > 0 && (
          <DataTable
            label="Audit log, newest first"
            rows={log.entries}
            rowId={(one) => String(one.seq)}
            rowText={(one) => one.sentence}
            selected={entry === undefined ? null : String(entry.seq)}
            onSelect={setPicked}
            columns={[
              { id: "state", title: "Holds", kind: "glyph", cell: (one) => holds(one.seq, log.broken_at) },
              { id: "seq", title: "No.", width: "4rem", cell: (one) => <span className="t3">{count(one.seq)}</span> },
              { id: "sentence", title: "What was done", cell: (one) => <span className={styles.sentence}>{one.sentence}</span> },
              { id: "actor", title: "By", cell: (one) => <span className="t2">{ACTORS[one.actor] ?? one.actor}</span> },
              { id: "at", title: "When", kind: "figure", cell: (one) => <span className="t2">{day(one.at)}</span> },
            ]}
          />
        )}
      </Stage>
      <Inspector title={entry === undefined ? <span className="t3">Nothing selected</span> : `Entry ${count(entry.seq)}`}>
        {log !== undefined && (
          <InspectorSection>
            <p className={styles.verdict}>
              <StateGlyph state={log.intact ? "done" : "failed"} label="" />
              <span>{log.intact ? `The chain of hashes holds from the first entry to entry ${count(log.total)}.` : `The chain of hashes breaks at entry ${log.broken_at ?? "?"}.`}</span>
            </p>
          </InspectorSection>
        )}
        {entry !== undefined && (
          <InspectorSection title="Entry">
            <p className="pretty" style={{ marginBottom: "var(--s2)" }}>
              {entry.sentence}
            </p>
            <FactRows
              small
              facts={[
                ["Action", <span key="action" className="mono">{entry.action}</span>],
                ["By", ACTORS[entry.actor] ?? entry.actor],
                ["When", `${day(entry.at).replace(/^\d\d:\d\d /, "")}, ${clock(entry.at)}`],
                ["Hash", <HashChip key="hash" name="Entry hash" value={entry.hash} />],
              ]}
            />
          </InspectorSection>
        )}
        {log !== undefined && log.head !== "" && (
          <InspectorSection title="Head" note="binds all entries">
            <FactRows small facts={[["Hash", <HashChip key="head" name="Head of the log" value={log.head} />]]} />
          </InspectorSection>
        )}
        {jobs.data !== undefined && jobs.data.jobs.length > 0 && (
          <InspectorSection title="Jobs">
            <div className={styles.beside}>
              <JobList jobs={jobs.data.jobs} waiting={false} />
            </div>
          </InspectorSection>
        )}
      </Inspector>
    </>
  );
}

const ACTORS: Readonly<Record<string, string>> = { user: "you", studio: "Atelier", relayer: "the relayer" };

function holds(seq: number, brokenAt: number | null) {
  if (brokenAt === null || seq < brokenAt) return <StateGlyph state="done" label="holds" />;
  return seq === brokenAt ? <StateGlyph state="failed" label="does not hold" /> : <StateGlyph state="attention" label="after the break" />;
}
