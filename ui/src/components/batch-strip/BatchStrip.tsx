import { useRef, useState } from "react";
import type { BatchView } from "../../api/bindings";
import { count } from "../../shell/words";
import styles from "./batch-strip.module.css";
import { label, legend, summary } from "./strip";

/** One cell per batch: ink is final, hatched in a block, blue on its way, outline planned, diamond wrong. Arrows walk it. */
export function BatchStrip({ batches, selected, onSelect }: { batches: readonly BatchView[]; selected?: number | null; onSelect?: (number: number) => void }) {
  const [at, setAt] = useState(0);
  const cells = useRef<HTMLDivElement>(null);
  const here = batches[Math.min(at, batches.length - 1)];
  if (here === undefined) return null;
  const frontier = batches.findLastIndex((batch) => batch.state === "final");
  const go = (to: number) => {
    const next = Math.min(batches.length - 1, Math.max(0, to));
    setAt(next);
    const batch = batches[next];
    if (batch !== undefined) onSelect?.(batch.number);
  };
  return (
    <div className={styles.strip}>
      <div className={styles.legend} aria-hidden>
        {legend(batches).map(([state, number]) => (
          <span key={state}>
            <i data-state={state} /> {state} {count(number)}
          </span>
        ))}
      </div>
      {/* A slider is how a row of cells is walked with one tab stop; each value has its words. */}
      <div
        ref={cells}
        className={styles.cells}
        style={{ gridTemplateColumns: `repeat(${batches.length}, minmax(0, 1fr))`, gap: batches.length > 200 ? 0 : batches.length > 80 ? 1 : 2 }}
        role="slider"
        tabIndex={0}
        aria-label={summary(batches)}
        aria-valuemin={1}
        aria-valuemax={batches.length}
        aria-valuenow={at + 1}
        aria-valuetext={label(here)}
        onKeyDown={(event) => {
          const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: batches.length - 1, PageDown: at + 10, PageUp: at - 10 }[event.key];
          if (to === undefined) return;
          event.preventDefault();
          go(to);
        }}
        onClick={(event) => {
          const index = [...(cells.current?.children ?? [])].indexOf(event.target as Element);
          if (index >= 0) go(index);
        }}
      >
        {batches.map((batch, index) => (
          <i key={batch.number} data-state={batch.state} data-at={index === at || undefined} data-selected={batch.number === selected || undefined} title={label(batch)} />
        ))}
      </div>
      <div className={styles.axis} aria-hidden>
        <span>1</span>
        {frontier > 0 && frontier < batches.length - 1 && <span style={{ left: `${((frontier + 1) / batches.length) * 100}%` }}>{count(frontier + 1)}</span>}
        {batches.length > 1 && <span>{count(batches.length)}</span>}
      </div>
    </div>
  );
}

