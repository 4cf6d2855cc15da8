// A chart: an SVG stretched under HTML labels, so that labels keep their size at any width and text size
// (design notes, section 8). `T` or the button shows the table behind it; arrows walk its points.
import { Table2 } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import styles from "./chart.module.css";
import { area, type Domain, line, type Point, share, steps } from "./scale";

/** One line. `actual` is what happened, `plan` what was expected, `limit` what must not be passed, `context` what others do. */
export type Series = {
  readonly name: string;
  readonly tone: "actual" | "plan" | "limit" | "context";
  readonly shape: "steps" | "line";
  readonly points: readonly Point[];
  /** Fills what lies under it; for one series a chart. */
  readonly filled?: boolean;
};

/** A word on the plot, at a point of the chart's own units. */
export type Label = {
  readonly at: Point;
  readonly text: ReactNode;
  readonly tone: Series["tone"];
  /** Where the word hangs from its point. */
  readonly side: "above" | "below" | "above-left" | "below-left" | "above-right" | "below-right";
};

export type ChartProps = {
  readonly title: string;
  readonly unit: string;
  /** What there is to see, in one sentence, for those who do not see it. */
  readonly sentence: string;
  readonly x: Domain;
  readonly y: Domain;
  readonly xLabels: readonly { at: number; text: string }[];
  readonly yLabels: readonly { at: number; text: string }[];
  readonly series: readonly Series[];
  readonly labels?: readonly Label[];
  /** The series arrows walk; its points are said one by one. */
  readonly walk?: { name: string; say: (point: Point) => string };
  /** The same facts as rows. */
  readonly table: {
    readonly head: readonly string[];
    readonly rows: readonly (readonly string[])[];
    /** Columns that hold words; the others hold figures, but for the first. */
    readonly words?: readonly number[];
  };
  /** Space for the labels at the left. */
  readonly gutter?: string;
  /** Shown small under the plot: where a figure comes from. */
  readonly note?: ReactNode;
  /** Replaces the plot where there is nothing to draw. */
  readonly empty?: string | undefined;
  readonly className?: string | undefined;
};

const TONE: Record<Series["tone"], string | undefined> = {
  actual: styles.actual,
  plan: styles.plan,
  limit: styles.limit,
  context: styles.context,
};

const SIDE: Record<Label["side"], string | undefined> = {
  above: styles.above,
  below: styles.below,
  "above-left": styles.aboveLeft,
  "below-left": styles.belowLeft,
  "above-right": styles.aboveRight,
  "below-right": styles.belowRight,
};

export function Chart(props: ChartProps) {
  const { title, unit, sentence, x, y, series, labels = [], walk, table, gutter = "2.75rem", note, empty, className } = props;
  const [asTable, setAsTable] = useState(false);
  const [cursor, setCursor] = useState<number | null>(null);
  const captionId = useId();
  const place = (point: Point) => ({ left: `${share(point.x, x) * 100}%`, top: `${(1 - share(point.y, y)) * 100}%` });
  const walked = series.find((one) => one.name === walk?.name)?.points ?? [];
  const current = cursor === null ? undefined : walked[Math.min(cursor, walked.length - 1)];
  const spoken = current === undefined ? "" : (walk?.say(current) ?? "");

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.toLowerCase() === "t") {
      setAsTable((shown) => !shown);
      event.preventDefault();
      return;
    }
    const last = walked.length - 1;
    const to = { ArrowLeft: (cursor ?? last + 1) - 1, ArrowRight: (cursor ?? -1) + 1, Home: 0, End: last }[event.key];
    if (to === undefined || last < 0) return;
    setCursor(Math.min(last, Math.max(0, to)));
    event.preventDefault();
  };

  return (
    <figure className={`${styles.chart} ${className ?? ""}`} aria-labelledby={captionId}>
      <figcaption className={styles.caption} id={captionId}>
        <b>{title}</b>
        <span>{unit}</span>
        {empty === undefined && (
          <button
            type="button"
            className={styles.toggle}
            aria-label={asTable ? `${title}: show the chart` : `${title}: show as a table`}
            title={asTable ? "Show the chart" : "Show as a table (T)"}
            aria-pressed={asTable}
            onClick={() => setAsTable((shown) => !shown)}
          >
            <Table2 aria-hidden className="icon-s" />
          </button>
        )}
      </figcaption>
      {empty !== undefined ? (
        <p className={styles.empty}>{empty}</p>
      ) : asTable ? (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the keyboard
        <div className={styles.tableWrap} role="region" tabIndex={0} aria-label={`${title}, ${unit}, as a table`} onKeyDown={onKeyDown}>
          <table className={styles.table}>
            <thead>
              <tr>
                {table.head.map((name, i) => (
                  <th key={name} scope="col" data-words={table.words?.includes(i)}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={row.join("|")}>
                  {row.map((cell, i) => (
                    // oxlint-disable-next-line react/no-array-index-key -- columns never move
                    <td key={i} data-words={table.words?.includes(i)}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div
          className={styles.plot}
          style={{ marginLeft: gutter }}
          role="img"
          aria-label={`${title}, ${unit}. ${sentence}`}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- arrows walk the points
          tabIndex={0}
          onKeyDown={onKeyDown}
          onBlur={() => setCursor(null)}
        >
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
            {props.yLabels.map(({ at }) => (
              <path key={at} className={styles.grid} d={`M0 ${((1 - share(at, y)) * 100).toFixed(2)}H100`} />
            ))}
            {series.map((one) => {
              const path = (one.shape === "steps" ? steps : line)(one.points, x, y);
              const from = one.points[0];
              return (
                <g key={one.name}>
                  {one.filled === true && from !== undefined && <path className={styles.fill} d={area(path, share(from.x, x) * 100)} />}
                  <path className={TONE[one.tone]} d={path} />
                </g>
              );
            })}
          </svg>
          {props.yLabels.map(({ at, text }) => (
            <span key={at} className={styles.y} style={{ top: `${(1 - share(at, y)) * 100}%` }}>
              {text}
            </span>
          ))}
          {props.xLabels.map(({ at, text }, i) => (
            <span
              key={at}
              className={`${styles.x} ${i === 0 ? styles.first : i === props.xLabels.length - 1 ? styles.last : ""}`}
              style={{ left: `${share(at, x) * 100}%` }}
            >
              {text}
            </span>
          ))}
          {series
            .filter((one) => one.tone === "actual")
            .map((one) => {
              const end = one.points.at(-1);
              // What happens in blocks holds until now: its end is the axis' end.
              const at = end === undefined || one.shape === "line" ? end : { x: x[1], y: end.y };
              return at === undefined ? null : <span key={one.name} className={styles.dot} style={place(at)} />;
            })}
          {labels.map((label) => (
            <span
              key={`${label.tone} ${label.at.x} ${label.at.y} ${label.side}`}
              className={`${styles.label} ${SIDE[label.side]} ${styles[`${label.tone}Label`]}`}
              style={place(label.at)}
            >
              {label.text}
            </span>
          ))}
          {current !== undefined && (
            <>
              <span className={styles.cursor} style={{ left: `${share(current.x, x) * 100}%` }} />
              <span className={styles.dot} style={place(current)} />
              <span className={`${styles.said} ${share(current.x, x) > 0.5 ? styles.saidLeft : ""}`} style={{ left: `${share(current.x, x) * 100}%` }}>
                {spoken}
              </span>
            </>
          )}
          <span className="vh" aria-live="polite">
            {spoken}
          </span>
        </div>
      )}
      {note !== undefined && empty === undefined && <p className={styles.note}>{note}</p>}
    </figure>
  );
}
