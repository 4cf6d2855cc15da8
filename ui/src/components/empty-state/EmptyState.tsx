import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

/** Nothing here yet: a line drawing, one sentence, one line of help, one action. */
export function EmptyState({ drawing, title, children, actions, edge }: {
  drawing?: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** A dashed edge: something can be dropped here. */
  edge?: boolean;
}) {
  return (
    <div className={styles.empty} data-edge={edge || undefined}>
      <div className={styles.inside}>
        {drawing}
        <h2>{title}</h2>
        {children !== undefined && <p className="t2">{children}</p>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
