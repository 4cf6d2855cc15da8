import { type KeyboardEvent, type ReactNode, useState } from "react";
import { type FoldRule, type Foldable, foldRuns } from "./fold";
import styles from "./timeline.module.css";

export type TimelineRow = Foldable & {
  readonly glyph: ReactNode;
  /** What, in words. */
  readonly what: ReactNode;
  /** Gas in the rehearsal, ETH or a word live. */
  readonly figure: ReactNode;
  /** Not yet: said quietly. */
  readonly future?: boolean;
};

export type TimelineGroup<Row extends TimelineRow = TimelineRow> = { readonly name: string; readonly figure: ReactNode; readonly rows: readonly Row[] };

/** The same list in rehearsal and launch: groups of rows on a thread; runs of equal rows fold. A picked row fills the inspector. */
export function Timeline<Row extends TimelineRow>({ label, groups, rule, sayRun, selected, onSelect }: {
  label: string;
  groups: readonly TimelineGroup<Row>[];
  rule: FoldRule;
  /** The words of a folded run. */
  sayRun: (rows: readonly Row[]) => { what: string; figure: string };
  selected?: string | null;
  onSelect: (id: string) => void;
}) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  return (
    <div className={styles.timeline} role="group" aria-label={label} onKeyDown={walk}>
      {groups
        .filter((group) => group.rows.length > 0)
        .map((group) => (
          <section key={group.name} aria-label={group.name}>
            <h3 className={styles.group}>
              {group.name}
              <span>{group.figure}</span>
            </h3>
            <ol>
              {foldRuns(group.rows, rule).flatMap((entry) => {
                if (entry.kind === "row") return [<Line key={entry.row.id} {...entry.row} selected={entry.row.id === selected} onPress={() => onSelect(entry.row.id)} />];
                const [first] = entry.rows;
                if (first !== undefined && opened.has(entry.id)) {
                  return entry.rows.map((row) => <Line key={row.id} {...row} selected={row.id === selected} onPress={() => onSelect(row.id)} />);
                }
                const words = sayRun(entry.rows);
                return [
                  <Line key={entry.id} glyph={first?.glyph} {...words} future={first?.future} quiet onPress={() => setOpened(new Set([...opened, entry.id]))} />,
                ];
              })}
            </ol>
          </section>
        ))}
    </div>
  );
}

function Line({ glyph, what, figure, future, quiet, selected, onPress }: {
  glyph: ReactNode;
  what: ReactNode;
  figure: ReactNode;
  future?: boolean;
  /** A folded run: pressing opens it. */
  quiet?: boolean;
  selected?: boolean;
  onPress: () => void;
}) {
  return (
    <li className={styles.item}>
      <button
        type="button"
        className={styles.row}
        data-future={future || undefined}
        data-quiet={quiet || undefined}
        aria-current={selected === true ? "true" : undefined}
        aria-expanded={quiet === true ? false : undefined}
        onClick={onPress}
      >
        {glyph}
        <span className="el">{what}</span>
        <span className={styles.figure}>{figure}</span>
      </button>
    </li>
  );
}

/** Arrows walk the rows. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const rows = [...event.currentTarget.querySelectorAll("button")];
  const next = rows[rows.indexOf(event.target as HTMLButtonElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
