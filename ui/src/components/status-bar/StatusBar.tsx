import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { StatusItem } from "../../api/bindings";
import styles from "./status-bar.module.css";

/** The foot of the window: facts in order of importance. What wants a look carries a sign. */
export function StatusBar({ items, children }: { items?: readonly StatusItem[]; children?: ReactNode }) {
  return (
    <footer className={styles.status} aria-label="Status">
      {items?.map((item) => (
        <span key={item.text}>
          {item.warn && <TriangleAlert aria-label="Wants a look:" className={styles.warn} />}
          {item.text}
        </span>
      ))}
      {children}
      <span className={styles.end}>Atelier {__VERSION__}</span>
    </footer>
  );
}
