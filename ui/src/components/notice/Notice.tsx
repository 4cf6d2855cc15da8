import { CircleCheck, ClockAlert, Copy, History, type LucideIcon, OctagonAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { ErrorReport } from "../../api/bindings";
import { announce } from "../../shell/announce";
import { Button } from "../button/Button";
import styles from "./notice.module.css";

export type NoticeTone = "info" | "good" | "care" | "bad";

const ICONS: Record<NoticeTone, LucideIcon> = { info: History, good: CircleCheck, care: ClockAlert, bad: OctagonAlert };

/** A band across the stage, under its head: what happened, why, what is safe, one action. One at a time. */
export function Notice({ tone, title, children, code, icon, actions }: {
  tone: NoticeTone;
  /** The first sentence. */
  title: ReactNode;
  children?: ReactNode;
  code?: string;
  icon?: LucideIcon;
  actions?: ReactNode;
}) {
  const Icon = icon ?? ICONS[tone];
  return (
    <div className={styles.notice} data-tone={tone} role={tone === "bad" ? "alert" : "status"}>
      <Icon aria-hidden />
      <p>
        <b className="b">{title}</b> {children}
        {code !== undefined && (
          <>
            {" "}
            <span className={styles.code}>{code}</span>
          </>
        )}
      </p>
      {actions !== undefined && <span className={styles.actions}>{actions}</span>}
    </div>
  );
}

/** A refusal of the studio as a band: sentence, what to do, code, details to copy. */
export function ErrorNotice({ report, actions }: { report: ErrorReport; actions?: ReactNode }) {
  return (
    <Notice
      tone="bad"
      title={report.message}
      code={report.code}
      actions={
        <>
          {report.details !== null && <CopyDetails report={report} />}
          {actions}
        </>
      }
    >
      {report.hint}
    </Notice>
  );
}

/** Copies code, sentence and details, for a report to someone else. */
export function CopyDetails({ report, size = "m" }: { report: ErrorReport; size?: "m" | "s" }) {
  const text = [report.code, report.message, report.hint, report.details].filter((part) => part !== null).join("\n");
  return (
    <Button variant="quiet" size={size} icon={Copy} onPress={() => void navigator.clipboard.writeText(text).then(() => announce("Copied"))}>
      Copy details
    </Button>
  );
}
