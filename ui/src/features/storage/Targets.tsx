// Where copies are: what came back, what it costs, and the act that is next for each.
import { HardDrive, Plus, Server } from "lucide-react";
import type { JobView, TargetState, TargetView } from "../../api/bindings";
import { Button } from "../../components/button/Button";
import { Meter } from "../../components/meter/Meter";
import { Section } from "../../components/section/Section";
import { type Glyph, StateGlyph } from "../../components/state-glyph/StateGlyph";
import { type DataColumn, DataTable } from "../../components/table/DataTable";
import { count, lasting } from "../../shell/words";
import type { NextAct } from "./next";
import styles from "./storage.module.css";

/** The shape and the word of a copy's state. */
export const COPY: Record<TargetState, { glyph: Glyph; word: string }> = {
  empty: { glyph: "empty", word: "not stored" },
  running: { glyph: "running", word: "being stored" },
  stored: { glyph: "ready", word: "stored, not proven" },
  proven: { glyph: "done", word: "proven" },
  stale: { glyph: "stale", word: "of an older bundle" },
  failed: { glyph: "failed", word: "failed" },
};

/** The act of a row: store, or read back once it is there. */
export function actOf(state: TargetState): "store" | "prove" | null {
  switch (state) {
    case "empty":
    case "stale":
    case "failed":
      return "store";
    case "stored":
    case "proven":
      return "prove";
    case "running":
      return null;
  }
}

export function Targets({ targets, next, jobs, blocked, selected, onSelect, onStore, onProve, onAdd }: {
  targets: readonly TargetView[];
  next: NextAct | null;
  jobs: readonly JobView[];
  blocked: string | null;
  selected: string | null;
  onSelect: (id: string) => void;
  onStore: (id: string) => void;
  onProve: (id: string) => void;
  onAdd: () => void;
}) {
  const jobOf = (target: TargetView) =>
    target.state === "running" ? jobs.find((job) => (job.kind === "store" || job.kind === "prove") && (job.state === "running" || job.state === "paused")) : undefined;
  const columns: DataColumn<TargetView>[] = [
    { id: "state", title: "State", kind: "glyph", cell: (target) => <StateGlyph state={COPY[target.state].glyph} label={COPY[target.state].word} fraction={shareOf(jobOf(target))} /> },
    {
      id: "target",
      title: "Target",
      cell: (target) => (
        <>
          <span className={styles.targetName}>{target.name}</span>
          <span className={styles.place} title={target.place}>
            {target.place}
          </span>
        </>
      ),
    },
    { id: "files", title: "Proven", width: "12rem", cell: (target) => <Progress target={target} job={jobOf(target)} /> },
    { id: "price", title: "Price", optional: 1, cell: (target) => <span className="t2">{target.price}</span> },
    {
      id: "act",
      title: "Next",
      kind: "figure",
      cell: (target) => {
        const act = actOf(target.state);
        if (act === null) return null;
        // The row picked in the inspector has its blue button there.
        const first = next !== null && (next.kind === "store" || next.kind === "prove") && next.target === target.id && selected !== target.id;
        return (
          <Button size="s" variant={first ? "primary" : "default"} blocked={blocked} onPress={() => (act === "store" ? onStore(target.id) : onProve(target.id))}>
            {act === "store" ? (target.state === "failed" ? "Send again" : "Store") : "Read back"}
          </Button>
        );
      },
    },
  ];
  return (
    <Section
      title="Copies"
      end={
        <Button size="s" variant={next?.kind === "add" ? "primary" : "default"} icon={Plus} onPress={onAdd}>
          Add a Kubo node
        </Button>
      }
    >
      <DataTable
        label="Storage targets"
        size="tall"
        columns={columns}
        rows={targets}
        rowId={(target) => target.id}
        rowText={(target) => `${target.name}, ${COPY[target.state].word}, ${count(target.proven)} of ${count(target.total)} files proven`}
        selected={selected}
        onSelect={onSelect}
      />
    </Section>
  );
}

export const TARGET_ICON = { embedded: HardDrive, kubo: Server } as const;

function shareOf(job: JobView | undefined): number | null {
  return job === undefined || job.total === 0 ? null : job.done / job.total;
}

function Progress({ target, job }: { target: TargetView; job: JobView | undefined }) {
  if (job !== undefined) {
    const far = job.total > 0 ? `${count(job.done)} of ${count(job.total)}` : job.step;
    const left = job.seconds_left === null ? "" : ` · ${lasting(job.seconds_left)} left`;
    return (
      <span className={styles.copied}>
        <span className="t2 s12">{`${far}${left}`}</span>
        <span className={styles.bar}>
          <Meter share={shareOf(job) ?? 0} name={job.title} valueText={`${far}${left}`} />
        </span>
      </span>
    );
  }
  const words = target.state === "proven" || target.proven > 0 ? `${count(target.proven)} of ${count(target.total)}` : COPY[target.state].word;
  return (
    <span className={styles.copied}>
      <span className="t2 s12">{words}</span>
      <span className={styles.bar}>
        <Meter share={target.total === 0 ? 0 : target.proven / target.total} tone={target.state === "proven" ? "ok" : "muted"} />
      </span>
    </span>
  );
}
