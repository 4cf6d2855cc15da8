import type { StageState, StepState } from "../../api/bindings";
import styles from "./state-glyph.module.css";

/** One set of shapes for rail, rows and checks (design notes, section 6). */
export type Glyph = StageState | "scheduled" | "paused";

const WORDS: Record<Glyph, string> = {
  empty: "empty",
  attention: "needs attention",
  ready: "ready",
  done: "done",
  stale: "stale",
  running: "running",
  failed: "failed",
  scheduled: "scheduled",
  paused: "paused",
};

/** A state is a shape first, then a word, then a colour. `label=""` hides it where the words stand beside it. */
export function StateGlyph({ state, fraction, label }: { state: Glyph; fraction?: number | null; label?: string }) {
  const name = label ?? WORDS[state];
  return (
    <svg className={styles.glyph} data-state={state} viewBox="0 0 14 14" {...(name === "" ? { "aria-hidden": true } : { role: "img", "aria-label": name })}>
      <Shape state={state} fraction={fraction ?? null} />
    </svg>
  );
}

function Shape({ state, fraction }: { state: Glyph; fraction: number | null }) {
  switch (state) {
    case "empty":
      return <circle cx="7" cy="7" r="5" />;
    case "attention":
      return (
        <>
          <circle cx="7" cy="7" r="5" />
          <path d="M7 2a5 5 0 0 0 0 10z" fill="currentColor" stroke="none" />
        </>
      );
    case "ready":
      return <circle cx="7" cy="7" r="5" fill="currentColor" />;
    case "done":
      return (
        <>
          <circle cx="7" cy="7" r="5.5" />
          <path d="M4.6 7.2l1.7 1.7 3.2-3.6" strokeLinecap="round" strokeLinejoin="round" />
        </>
      );
    case "stale":
      return (
        <>
          <path d="M12 7a5 5 0 1 1-1.6-3.7" strokeLinecap="round" />
          <path d="M12.2 1.6v2.6H9.6" strokeLinecap="round" strokeLinejoin="round" />
        </>
      );
    case "running":
      return (
        <>
          <circle cx="7" cy="7" r="5" opacity=".3" />
          <path d={arc(fraction ?? 0.7)} strokeWidth="2" />
        </>
      );
    case "failed":
      return (
        <>
          <path d="M7 1.6 12.4 7 7 12.4 1.6 7z" strokeLinejoin="round" />
          <path d="M7 4.8v2.6M7 9.2v.1" strokeLinecap="round" />
        </>
      );
    case "scheduled":
    case "paused":
      return <circle cx="7" cy="7" r="5" strokeDasharray="2 2.1" />;
  }
}

/** An arc of radius 5 around (7, 7), clockwise from the top. */
export function arc(fraction: number): string {
  const share = Math.min(0.999, Math.max(0.02, fraction));
  const angle = share * 2 * Math.PI;
  const x = (7 + 5 * Math.sin(angle)).toFixed(2);
  const y = (7 - 5 * Math.cos(angle)).toFixed(2);
  return `M7 2A5 5 0 ${share > 0.5 ? 1 : 0} 1 ${x} ${y}`;
}

/** The shape of a step or batch on its way to the chain: ink is proven, hatched on its way, outline waiting. */
export function glyphOfStep(state: StepState): Glyph {
  switch (state) {
    case "planned":
      return "empty";
    case "signed":
    case "sent":
      return "running";
    case "confirmed":
      return "ready";
    case "final":
      return "done";
    case "failed":
      return "failed";
  }
}
