// What is wrong, errors first. A thousand findings from one line of the template are one row.
import { useState } from "react";
import { Button } from "../../components/button/Button";
import { Segments } from "../../components/segments/Segments";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { count, counted } from "../../shell/words";
import type { Problem } from "./findings";
import styles from "./metadata.module.css";

type Shown = "all" | "error" | "warning";

export function Problems({ problems, total, shown: listed, errors, selected, onSelect, onJump }: {
  problems: readonly Problem[];
  /** Findings in all; the list may be cut. */
  total: number;
  shown: number;
  errors: number;
  selected: string | null;
  onSelect: (id: string) => void;
  onJump: (problem: Problem) => void;
}) {
  const [shown, setShown] = useState<Shown>("all");
  const rows = problems.filter((problem) => shown === "all" || problem.severity === shown);
  const warnings = problems.length - errors;
  const note =
    problems.length === 0
      ? "none: every token reads as it should"
      : `${counted(problems.length, "kind")}, ${counted(total, "place")}${total > listed ? `, the first ${count(listed)} are read here` : ""}`;
  return (
    <section className={styles.lint} aria-label="Problems">
      <div className={styles.lintHead}>
        <h2>Problems</h2>
        <span className="t3 s12">{note}</span>
        {problems.length > 0 && (
          <span className="push">
            <Segments<Shown>
              label="Which problems"
              options={[
                { id: "all", label: "All" },
                { id: "error", label: `Errors ${count(errors)}` },
                { id: "warning", label: `Warnings ${count(warnings)}` },
              ]}
              value={shown}
              onChange={setShown}
            />
          </span>
        )}
      </div>
      <ul className={styles.list}>
        {rows.map((problem) => (
          <li key={problem.id} className={styles.problem} data-selected={problem.id === selected}>
            <StateGlyph state={problem.severity === "error" ? "failed" : "attention"} label={problem.severity} />
            <button type="button" aria-pressed={problem.id === selected} onClick={() => onSelect(problem.id)}>
              {problem.message}
            </button>
            <span className={styles.where}>{problem.place}</span>
            <span className={styles.many}>{problem.tokens.length === 0 ? "" : counted(problem.tokens.length, "token")}</span>
            <span className={styles.jump}>
              <Button size="s" onPress={() => onJump(problem)}>
                {problem.field === null ? "Open Artwork" : "Go to the field"}
              </Button>
            </span>
          </li>
        ))}
        {rows.length === 0 && problems.length > 0 && <li className={styles.nothing}>No {shown === "error" ? "errors" : "warnings"}.</li>}
      </ul>
    </section>
  );
}
