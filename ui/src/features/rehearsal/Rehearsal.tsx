// The plan, run on a copy: what it does, what it costs, and whether to go.
import { ArrowRight, FlaskConical, RotateCw } from "lucide-react";
import { useState } from "react";
import type { ErrorReport, JobView, Rehearsal as RehearsalView, RehearsalReport } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { useAsk } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { EmptyState } from "../../components/empty-state/EmptyState";
import { Inspector } from "../../components/inspector/Inspector";
import { eth } from "../../components/money-line/money";
import { ErrorNotice, Notice } from "../../components/notice/Notice";
import { ProgressRow } from "../../components/progress-row/ProgressRow";
import { SkeletonRows } from "../../components/skeleton/Skeleton";
import { Stage } from "../../components/stage/Stage";
import { Timeline } from "../../components/timeline/Timeline";
import { useCommands } from "../../shell/commands";
import { navigate } from "../../shell/navigation";
import { type Remedy, remedyOf } from "../../shell/remedy";
import { useRemembered } from "../../shell/remembered";
import { counted } from "../../shell/words";
import { Bill } from "./Bill";
import { Checks } from "./Checks";
import { ReportDetails, RunDetails, StepDetails, type Ground } from "./Details";
import { ResaleChart } from "./ResaleChart";
import { REHEARSAL_FOLD, type RehearsedRow, rehearsedGroups, sayRehearsedRun } from "./rows";
import styles from "./rehearsal.module.css";

const toLaunch = () => navigate({ screen: "launch" });

export function Rehearsal() {
  const rehearsal = useAsk("rehearsal");
  const project = useAsk("project").data;
  const jobs = useAsk("jobs").data?.jobs ?? [];
  const [selected, setSelected] = useState<string | null>(null);
  const [ground, setGround] = useRemembered<Ground>("rehearsal.ground", { kind: "clean", rpc: "" });
  const rehearse = useAct("rehearse", { quiet: true, onDone: () => setSelected(null) });
  const pause = useAct("job_pause");
  const resume = useAct("job_resume");
  const cancel = useAct("job_cancel");
  const retry = useAct("job_retry");

  const view = rehearsal.data;
  const report = view?.report ?? null;
  const remedy = view === undefined || view.blocked === null ? null : remedyOf(view.blocked, project?.stages ?? []);
  const job = jobs.find((one) => one.kind === "rehearse" && one.state !== "done" && one.state !== "cancelled");
  const running = job !== undefined && job.state !== "failed";
  const step = report?.steps.find((one) => one.id === selected);
  const noAddress = ground.kind === "fork" && ground.rpc.trim() === "" ? "Give the address of the network to copy, or choose a clean chain." : null;
  const blocked = view?.blocked ?? noAddress ?? (running ? "The rehearsal is at work." : null);
  const run = () => rehearse.mutate({ rpc: ground.kind === "fork" ? ground.rpc.trim() : null });

  const ready = report !== null && report.go && !(view?.stale ?? true);
  const label = report === null ? "Rehearse" : "Run again";
  useCommands([
    { id: "rehearsal.run", title: label, group: "Rehearsal", icon: RotateCw, ...(ready ? {} : { shortcut: "Ctrl+Enter" }), blocked, run },
    {
      id: "rehearsal.launch",
      title: "Go to Launch",
      group: "Rehearsal",
      icon: ArrowRight,
      ...(ready ? { shortcut: "Ctrl+Enter" } : {}),
      blocked: ready ? null : "The rehearsal has not said go.",
      run: toLaunch,
    },
  ]);

  return (
    <>
      <Stage
        title="Rehearsal"
        fact={report === null ? undefined : `On ${report.source}, ${counted(report.steps.length, "transaction")}`}
        end={
          report !== null && (
            <>
              <Button variant={ready ? "default" : "primary"} icon={RotateCw} blocked={blocked} isPending={rehearse.isPending} onPress={run} {...(ready ? {} : { shortcut: "Ctrl+Enter" })}>
                {label}
              </Button>
              {ready && (
                <Button variant="primary" icon={ArrowRight} shortcut="Ctrl+Enter" onPress={toLaunch}>
                  Go to Launch
                </Button>
              )}
            </>
          )
        }
      >
        <Band view={view} remedy={remedy} error={rehearsal.error?.report ?? rehearse.error?.report ?? null} again={rehearsal.error === null ? null : () => void rehearsal.refetch()} />
        {job !== undefined && (
          <Progress
            job={job}
            acts={{
              onPause: () => pause.mutate({ id: job.id }),
              onResume: () => resume.mutate({ id: job.id }),
              onCancel: () => cancel.mutate({ id: job.id }),
              onRetry: () => retry.mutate({ id: job.id }),
            }}
          />
        )}
        {view === undefined ? (
          rehearsal.error === null && <SkeletonRows name="the rehearsal" rows={10} />
        ) : report === null ? (
          <EmptyState
            title="Not rehearsed yet"
            actions={
              remedy !== null ? (
                <Button variant="primary" icon={ArrowRight} size="l" onPress={() => navigate(remedy.place)}>
                  {remedy.label}
                </Button>
              ) : (
                <Button variant="primary" icon={FlaskConical} size="l" blocked={blocked} isPending={rehearse.isPending} shortcut="Ctrl+Enter" onPress={run}>
                  Rehearse the launch
                </Button>
              )
            }
          >
            {view.blocked !== null && `${view.blocked} `}
            Every transaction of the launch runs on a copy of the chain in memory. Nothing is sent, nothing is signed, nothing is paid.
          </EmptyState>
        ) : (
          <div className={styles.body} data-stale={view.stale || undefined}>
            <div className={styles.plan}>
              <h2 className="vh">Plan</h2>
              <Timeline<RehearsedRow>
                label={`Plan, ${counted(report.steps.length, "transaction")}`}
                groups={rehearsedGroups(report.steps)}
                rule={REHEARSAL_FOLD}
                sayRun={sayRehearsedRun}
                selected={selected}
                onSelect={setSelected}
              />
            </div>
            <div className={styles.right}>
              <Checks report={report} />
              <Bill report={report} />
              <ResaleChart resale={report.resale} className={styles.chart} />
            </div>
          </div>
        )}
      </Stage>
      {step !== undefined && report !== null ? (
        <StepDetails step={step} report={report} onClose={() => setSelected(null)} />
      ) : view === undefined ? (
        <Inspector title="Rehearsal" />
      ) : report === null ? (
        <RunDetails ground={ground} onChange={setGround} />
      ) : (
        <ReportDetails report={report} ground={ground} onChange={setGround} />
      )}
    </>
  );
}

function Progress({ job, acts }: { job: JobView; acts: Parameters<typeof ProgressRow>[0]["acts"] }) {
  return (
    <div className={styles.progress}>
      <ProgressRow job={job} acts={acts} />
    </div>
  );
}

/** One band at most: an error, then what blocks, then what is old, then the verdict. */
function Band({ view, remedy, error, again }: {
  view: RehearsalView | undefined;
  remedy: Remedy | null;
  error: ErrorReport | null;
  again: (() => void) | null;
}) {
  if (error !== null) return <ErrorNotice report={error} actions={again !== null && <Button onPress={again}>Try again</Button>} />;
  if (view === undefined) return null;
  const { report } = view;
  // Without a report the empty stage says it.
  if (view.blocked !== null && report !== null) {
    return (
      <Notice
        tone="care"
        title={view.blocked}
        actions={
          remedy !== null && (
            <Button variant="primary" onPress={() => navigate(remedy.place)}>
              {remedy.label}
            </Button>
          )
        }
      >
        What was rehearsed before is shown below.
      </Notice>
    );
  }
  if (report === null) return null;
  if (view.stale) {
    return (
      <Notice tone="care" title="Something changed after this rehearsal." code="REHEARSAL-STALE">
        A launch would refuse it. What you see is the old run.
      </Notice>
    );
  }
  if (!report.go) {
    const failed = report.steps.find((step) => !step.ok);
    return (
      <Notice tone="bad" title={report.verdict}>
        {failed?.revert == null ? "" : `${failed.revert.replace(/\.$/, "")}. `}
        Nothing was sent and nothing was paid.
      </Notice>
    );
  }
  return (
    <Notice tone="good" title={report.verdict}>
      {report.verdict.includes("ETH") ? "Nothing was sent and nothing was paid." : costSentence(report)}
    </Notice>
  );
}

/** "It will cost about 0.0840 ETH, at most 0.1310 ETH." */
function costSentence(report: RehearsalReport): string {
  return `It will cost about ${eth(BigInt(report.cost_typical))} ETH, at most ${eth(BigInt(report.cost_at_most), 4, "up")} ETH.`;
}
