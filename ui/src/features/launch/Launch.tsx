// The launch, live: what is final, what it has cost, and Pause at hand. A calm night train.
import { Pause, Play, Rocket } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { ErrorReport, JobView, Launch as LaunchView, ProjectView } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { useAsk } from "../../api/queries";
import { BatchStrip } from "../../components/batch-strip/BatchStrip";
import { Button } from "../../components/button/Button";
import { EmptyState } from "../../components/empty-state/EmptyState";
import { Inspector } from "../../components/inspector/Inspector";
import { ErrorNotice, Notice } from "../../components/notice/Notice";
import { SkeletonRows } from "../../components/skeleton/Skeleton";
import { Stage } from "../../components/stage/Stage";
import { Timeline } from "../../components/timeline/Timeline";
import { useCommands } from "../../shell/commands";
import { navigate } from "../../shell/navigation";
import { clock, counted, lasting } from "../../shell/words";
import { Blockers } from "./Blockers";
import { Budget } from "./Budget";
import { Confirm } from "./Confirm";
import { PlanDetails, StepDetails } from "./Details";
import { LAUNCH_FOLD, launchGroups, type LaunchRow, sayLaunchRun } from "./rows";
import { SpentChart } from "./SpentChart";
import styles from "./launch.module.css";

export function Launch() {
  const launch = useAsk("launch");
  const project = useAsk("project");
  const jobs = useAsk("jobs").data?.jobs ?? [];
  const [selected, setSelected] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const again = () => void launch.refetch();
  const start = useAct("launch_start", {
    quiet: true,
    onDone: () => {
      setAsking(false);
      again();
    },
  });
  const pause = useAct("job_pause", { onDone: again });
  const resume = useAct("job_resume", { onDone: again });

  const view = launch.data;
  const report = useAsk("rehearsal").data?.report ?? null;
  const rehearsed = report !== null && report.hash === view?.rehearsal_hash ? report.steps : [];
  // The list of jobs hears every event; what the launch answered last may be a moment older.
  const job = jobs.find((one) => one.kind === "launch" && (one.state === "running" || one.state === "queued" || one.state === "paused")) ?? null;
  const step = view?.steps.find((one) => one.id === selected);
  const state = standingOf(view, job);

  const begin = () => {
    if (view === undefined) return;
    if (job?.state === "paused") resume.mutate({ id: job.id });
    // A practice chain asks nothing; where money or other people are, it is read first.
    else if (view.network.kind === "practice") start.mutate({ confirm: null });
    else setAsking(true);
  };
  const halt = () => {
    if (job !== null) pause.mutate({ id: job.id });
  };
  const blocked = view === undefined ? "The launch is being read." : state === "blocked" ? (view.blockers[0] ?? "It is not ready.") : null;
  const verb = state === "paused" || state === "failed" ? "Continue the launch" : `Launch ${counted(view?.planned ?? 0, "token")}`;
  useCommands([
    { id: "launch.start", title: verb, group: "Launch", icon: Rocket, shortcut: "Ctrl+Enter", blocked: state === "running" || state === "done" ? "It has begun." : blocked, run: begin },
    { id: "launch.pause", title: "Pause the launch", group: "Launch", icon: Pause, note: "Space", blocked: state === "running" ? null : "Nothing is being launched.", run: halt },
  ]);

  useSpace(state === "running" ? halt : null);

  // While it is being asked, the dialog says why it was refused.
  const refusal = start.error?.report ?? null;
  const error = launch.error?.report ?? (asking ? null : refusal);
  return (
    <>
      <Stage
        title="Launch"
        fact={view === undefined ? undefined : factOf(view, job)}
        end={
          <>
            {state === "running" && (
              <Button icon={Pause} shortcut=" " isPending={pause.isPending} onPress={halt}>
                Pause
              </Button>
            )}
            {(state === "ready" || state === "paused" || state === "failed") && (
              <Button variant="primary" icon={state === "ready" ? Rocket : Play} shortcut="Ctrl+Enter" isPending={start.isPending || resume.isPending} onPress={begin}>
                {verb}
              </Button>
            )}
            {state === "done" && (
              <Button variant="primary" onPress={() => navigate({ screen: "sales" })}>
                Go to Sales
              </Button>
            )}
          </>
        }
      >
        <Band view={view} project={project.data} error={error} state={state} again={launch.error === null ? null : () => void launch.refetch()} />
        {view === undefined ? (
          launch.error === null && <SkeletonRows name="the launch" rows={10} />
        ) : (
          <>
            {view.blockers.length > 0 && <Blockers blockers={view.blockers} stages={project.data?.stages ?? []} />}
            {view.steps.length === 0 ? (
              <EmptyState title={view.headline}>{view.sentence}</EmptyState>
            ) : (
              <>
                <div className={styles.now}>
                  <div>
                    <h2>{view.headline}</h2>
                    <p className="t2 pretty">
                      {view.sentence}
                      {job?.state === "running" && job.seconds_left !== null && ` About ${lasting(job.seconds_left)} left.`}
                    </p>
                  </div>
                  <Budget spent={view.spent} budget={view.budget} expected={view.expected} done={view.state === "done"} />
                  {view.batches.length > 0 && (
                    <div className={styles.strip}>
                      <BatchStrip
                        batches={view.batches}
                        selected={view.batches.find((batch) => batch.first_token === step?.first_token)?.number ?? null}
                        onSelect={(number) => {
                          const batch = view.batches.find((one) => one.number === number);
                          setSelected(view.steps.find((one) => one.first_token !== null && one.first_token === batch?.first_token)?.id ?? null);
                        }}
                      />
                    </div>
                  )}
                </div>
                <div className={styles.body}>
                  <div className={styles.plan}>
                    <Timeline<LaunchRow>
                      label={`Timeline, ${counted(view.steps.length, "transaction")}`}
                      groups={launchGroups(view.steps, selected)}
                      rule={LAUNCH_FOLD}
                      sayRun={sayLaunchRun}
                      selected={selected}
                      onSelect={setSelected}
                    />
                  </div>
                  <div className={styles.right}>
                    <SpentChart steps={view.steps} rehearsed={rehearsed} fee={report?.fee_typical ?? null} budget={view.budget} className={styles.chart} />
                  </div>
                </div>
              </>
            )}
          </>
        )}
      </Stage>
      {step !== undefined ? <StepDetails step={step} /> : view === undefined ? <Inspector title="Launch" /> : <PlanDetails view={view} />}
      {view !== undefined && (
        <Confirm
          view={view}
          name={project.data?.name ?? ""}
          isOpen={asking}
          isPending={start.isPending}
          refusal={refusal}
          onClose={() => {
            start.reset();
            setAsking(false);
          }}
          onLaunch={(word) => start.mutate({ confirm: word })}
        />
      )}
    </>
  );
}

/** Space pauses, wherever the focus is, unless it is on something Space already presses. */
function useSpace(run: (() => void) | null): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== " " || event.defaultPrevented || latest.current === null) return;
      if (event.target instanceof Element && event.target.closest("button, a, input, textarea, [role]:not([role='img'])") !== null) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

type Standing = LaunchView["state"] | "reading";

/** A job says how it stands before the launch is asked again. */
function standingOf(view: LaunchView | undefined, job: JobView | null): Standing {
  if (view === undefined) return "reading";
  if (job !== null) return job.state === "paused" ? "paused" : "running";
  // Without a job nothing runs, whatever the last answer said.
  return view.state === "running" ? "paused" : view.state;
}

function factOf(view: LaunchView, job: JobView | null): string {
  if (job !== null && (job.state === "running" || job.state === "queued")) return `Running since ${clock(job.started_at)}, on ${view.network.name}`;
  if (view.state === "done") return `Done, on ${view.network.name}`;
  if (view.state === "paused" || job?.state === "paused") return `Paused, on ${view.network.name}`;
  return `On ${view.network.name}, chain ${view.network.chain_id}`;
}

/** One band at most: an error, a network that does not answer, what was recovered, a step that failed, the end. */
function Band({ view, project, error, state, again }: {
  view: LaunchView | undefined;
  project: ProjectView | undefined;
  error: ErrorReport | null;
  state: Standing;
  again: (() => void) | null;
}) {
  if (error !== null) return <ErrorNotice report={error} actions={again !== null && <Button onPress={again}>Try again</Button>} />;
  if (view === undefined) return null;
  const { network } = view;
  if (network.error !== null) {
    return <ErrorNotice report={network.error} actions={<Button onPress={() => navigate({ screen: "settings", at: "networks" })}>Open Networks</Button>} />;
  }
  const failed = view.steps.find((step) => step.error !== null);
  if (state === "failed" && failed?.error !== null && failed !== undefined) {
    return (
      <Notice tone="bad" title={failed.error.message} code={failed.error.code}>
        What is final stays final, and no batch can be minted twice. {failed.error.hint}
      </Notice>
    );
  }
  if (state === "paused" && project?.recovered !== undefined && project.recovered !== null) {
    return (
      <Notice tone="info" title={project.recovered}>
        What was written down is compared with the chain before anything is sent.
      </Notice>
    );
  }
  return null;
}
