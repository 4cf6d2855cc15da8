// The go/no-go list: what fails first, then what is to know, then what passes.
import type { Check, CheckState, RehearsalReport } from "../../api/bindings";
import { shorten } from "../../components/hash-chip/shorten";
import { Section } from "../../components/section/Section";
import { type Glyph, StateGlyph } from "../../components/state-glyph/StateGlyph";
import { count } from "../../shell/words";
import styles from "./rehearsal.module.css";

const SHAPE: Record<CheckState, Glyph> = { fail: "failed", warn: "attention", pass: "done" };
const WORD: Record<CheckState, string> = { fail: "fails", warn: "to know", pass: "passes" };
const ORDER: readonly CheckState[] = ["fail", "warn", "pass"];

/** A sentence with its addresses as a person can hold them. */
function shortened(sentence: string): string {
  return sentence.replace(/0x[0-9a-fA-F]{16,}/g, shorten);
}

export function Checks({ report }: { report: RehearsalReport }) {
  const of = (state: CheckState) => report.checks.filter((check) => check.state === state);
  const sorted: Check[] = ORDER.flatMap(of);
  const [fail, warn, pass] = ORDER.map((state) => of(state).length);
  const parts = [fail ? `${count(fail)} ${fail === 1 ? "fails" : "fail"}` : "", warn ? `${count(warn)} to know` : "", pass ? `${count(pass)} pass` : ""];
  return (
    <Section title={report.go ? "Go" : "No-go"} note={parts.filter((part) => part !== "").join(", ")}>
      <ul className={styles.checks}>
        {sorted.map((check) => (
          <li key={check.id} data-state={check.state}>
            <StateGlyph state={SHAPE[check.state]} label={WORD[check.state]} />
            <span title={check.sentence}>{shortened(check.sentence)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
