import type { ReactNode } from "react";
import styles from "./fact-rows.module.css";

/** Facts of one thing: what in grey at the left, the value at the right. Rows without a value are left out. */
export function FactRows({ facts, small }: { facts: readonly (readonly [name: string, value: ReactNode])[]; small?: boolean }) {
  return (
    <dl className={styles.facts} data-small={small || undefined}>
      {facts
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
