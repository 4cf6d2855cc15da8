import { PanelRight } from "lucide-react";
import type { ReactNode } from "react";
import { setPanels, usePanels } from "../../shell/panels";
import { IconButton } from "../icon-button/IconButton";
import styles from "./stage.module.css";

/** The one thing this step is about. `art` puts a true neutral behind it, so that nothing tints the work. */
export function Stage({ title, fact, end, art, children }: {
  title: string;
  fact?: ReactNode;
  /** Controls at the end of the head; one primary at most. */
  end?: ReactNode;
  art?: boolean;
  children: ReactNode;
}) {
  const { drawer } = usePanels();
  return (
    <main className={styles.stage} data-art={art || undefined} data-pane="stage" aria-label={title} tabIndex={-1}>
      <div className={styles.head}>
        <h1>{title}</h1>
        {fact !== undefined && <span className={styles.fact}>{fact}</span>}
        <div className={styles.end}>
          {end}
          <span className={styles.narrow}>
            <IconButton icon={PanelRight} name="Details" on={drawer === "details"} onPress={() => setPanels({ drawer: drawer === "details" ? null : "details" })} />
          </span>
        </div>
      </div>
      <div className={styles.body}>{children}</div>
    </main>
  );
}
