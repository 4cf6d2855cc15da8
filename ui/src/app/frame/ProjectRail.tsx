import { ListChecks, Settings2 } from "lucide-react";
import type { ProjectView, StageState } from "../../api/bindings";
import { useAsk } from "../../api/queries";
import { Rail, RailItem, RailRule } from "../../components/rail/Rail";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { STEPS, navigate, usePlace } from "../../shell/navigation";
import { setPanels, usePanels } from "../../shell/panels";
import { featureAt, partsOf } from "../features";

const WORDS: Record<StageState, string> = {
  empty: "empty",
  attention: "needs attention",
  ready: "ready",
  done: "done",
  stale: "stale",
  running: "running",
  failed: "failed",
};

/** The drop's life in order, each step with its state and the reason for it. */
export function ProjectRail({ project }: { project: ProjectView }) {
  const here = usePlace();
  const { activity } = usePanels();
  const jobs = useAsk("jobs");
  const running = (jobs.data?.jobs ?? []).filter((job) => job.state === "running" || job.state === "paused" || job.state === "queued");
  const active = jobs.data === undefined ? project.active_jobs : running.length;
  const [first] = running;
  const part = featureAt(here)?.part?.id;
  return (
    <Rail label="Steps">
      {STEPS.map(({ id, title }, index) => {
        const stage = project.stages.find((one) => one.name === id);
        const state = stage?.state ?? "empty";
        const open = here.screen === id;
        const parts = open ? partsOf(id) : [];
        return (
          <div key={id} role="presentation" style={{ display: "contents" }}>
            <RailItem
              number={index + 1}
              title={title}
              state={WORDS[state]}
              sentence={stage?.sentence}
              end={<StateGlyph state={state} label="" fraction={stage?.percent === null || stage === undefined ? null : stage.percent / 100} />}
              current={open && parts.length === 0 ? "step" : false}
              open={parts.length > 0}
              onPress={() => navigate({ screen: id })}
            />
            {parts.map((sub) => (
              <RailItem key={sub.id} sub title={sub.title} current={part === sub.id ? "step" : false} onPress={() => navigate({ screen: id, part: sub.id })} />
            ))}
          </div>
        );
      })}
      <RailRule />
      <RailItem
        icon={ListChecks}
        title="Activity"
        state={active > 0 ? `${active} running` : undefined}
        expanded={activity}
        current={here.screen === "activity" ? "page" : false}
        end={
          active > 0 && (
            <>
              {active}
              <StateGlyph state="running" label="" fraction={first === undefined || first.total === 0 ? null : first.done / first.total} />
            </>
          )
        }
        onPress={() => setPanels({ activity: !activity })}
      />
      <RailItem icon={Settings2} title="Settings" current={here.screen === "settings" ? "page" : false} onPress={() => navigate({ screen: "settings" })} />
    </Rail>
  );
}
