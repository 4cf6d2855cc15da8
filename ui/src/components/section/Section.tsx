import { type ReactNode, useId } from "react";
import styles from "./section.module.css";

/** A part of a stage with a 36 px head: title, a figure beside it, controls at the end. */
export function Section({ title, note, end, children, grow }: { title: string; note?: ReactNode; end?: ReactNode; children?: ReactNode; grow?: boolean }) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id} data-grow={grow || undefined}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {note !== undefined && <span className={styles.note}>{note}</span>}
        {end !== undefined && <span className={styles.end}>{end}</span>}
      </div>
      {children}
    </section>
  );
}
