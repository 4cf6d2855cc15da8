import styles from "./meter.module.css";

/** A bar of 4 px without words; its number stands beside it. */
export function Meter({ share, tone = "accent", thick, name, valueText }: {
  /** 0..1. */
  share: number;
  tone?: "accent" | "muted" | "ink" | "ok" | "warn";
  thick?: boolean;
  /** Given, it is a progressbar of that name; else it is drawn only. */
  name?: string;
  valueText?: string;
}) {
  const percent = Math.min(100, Math.max(0, share * 100));
  const width = { width: `${percent}%` };
  if (name === undefined) {
    return (
      <div className={styles.meter} data-tone={tone} data-thick={thick || undefined} aria-hidden>
        <i style={width} />
      </div>
    );
  }
  return (
    <div
      className={styles.meter}
      data-tone={tone}
      data-thick={thick || undefined}
      role="progressbar"
      aria-label={name}
      aria-valuenow={Math.round(percent)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={valueText}
    >
      <i style={width} />
    </div>
  );
}
