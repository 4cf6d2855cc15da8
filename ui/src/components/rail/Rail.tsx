import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { showShortcut } from "../../shell/keyboard";
import { Tooltip } from "../tooltip/Tooltip";
import styles from "./rail.module.css";

/** The column at the left: where one can go. */
export function Rail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={styles.rail} aria-label={label} data-pane="rail" tabIndex={-1}>
      {children}
    </nav>
  );
}

export type RailItemProps = {
  title: string;
  /** 1–7 before the name. */
  number?: number;
  icon?: LucideIcon;
  /** Glyph or count at the end. */
  end?: ReactNode;
  shortcut?: string;
  /** Why it stands as it does: tooltip, and part of the accessible name. */
  sentence?: string;
  state?: string;
  current?: "step" | "page" | false;
  /** Its sub-steps show under it, so it is not itself where the person is. */
  open?: boolean;
  expanded?: boolean;
  sub?: boolean;
  onPress: () => void;
};

/** One place: "Storage, needs attention: 1 of 2 copies proven". */
export function RailItem({ title, number, icon: Icon, end, shortcut, sentence, state, current, open, expanded, sub, onPress }: RailItemProps) {
  const rest = [state, sentence].filter(Boolean).join(": ");
  return (
    <Tooltip text={sentence} placement="right">
      <Button
        className={styles.item}
        aria-current={current === false || current === undefined ? undefined : current}
        aria-expanded={expanded}
        data-open={open || undefined}
        data-sub={sub || undefined}
        onPress={onPress}
      >
        {number !== undefined && <span className={styles.number} aria-hidden>{number}</span>}
        {Icon !== undefined && <Icon aria-hidden />}
        <span className={styles.title}>
          {title}
          {rest !== "" && <span className={styles.rest}>, {rest}</span>}
        </span>
        {shortcut !== undefined && <span className={styles.note} aria-hidden>{showShortcut(shortcut)}</span>}
        {end !== undefined && <span className={styles.end} aria-hidden>{end}</span>}
      </Button>
    </Tooltip>
  );
}

export function RailRule() {
  return <hr className={styles.rule} />;
}
