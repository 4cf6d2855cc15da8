import { X } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import { usePlace } from "../../shell/navigation";
import { setPanels, usePanels } from "../../shell/panels";
import { useRemembered } from "../../shell/remembered";
import { IconButton } from "../icon-button/IconButton";
import styles from "./inspector.module.css";

const MIN = 256;
const MAX = 480;
const USUAL = 304;
const STEP = 16;

/** What is selected: preview, facts, actions. Its width is remembered per step. */
export function Inspector({ title, sub, end, children }: { title: ReactNode; sub?: ReactNode; end?: ReactNode; children?: ReactNode }) {
  const { screen } = usePlace();
  const { inspector, drawer } = usePanels();
  const [width, setWidth] = useRemembered<number | null>(`inspector.${screen}`, null);
  const drag = useRef<{ x: number; width: number } | null>(null);
  if (!inspector && drawer !== "details") return null;

  const set = (next: number) => setWidth(Math.min(MAX, Math.max(MIN, Math.round(next))));
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (by !== undefined) set((width ?? USUAL) + by);
    else if (event.key === "Home") set(MAX);
    else if (event.key === "End") set(MIN);
    else return;
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current !== null) set(drag.current.width + drag.current.x - event.clientX);
  };
  return (
    <aside
      className={styles.inspector}
      data-pane="inspector"
      data-drawer={drawer === "details" || undefined}
      aria-label="Inspector"
      tabIndex={-1}
      style={width === null ? undefined : { ["--inspector" as string]: `${width / 16}rem` }}
    >
      {/* A separator that moves is a widget of its own (ARIA 1.2): focusable, with a value. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-tabindex */}
      <div
        className={styles.splitter}
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label="Inspector width"
        aria-valuenow={width ?? USUAL}
        aria-valuemin={MIN}
        aria-valuemax={MAX}
        onKeyDown={onKeyDown}
        onDoubleClick={() => setWidth(null)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { x: event.clientX, width: event.currentTarget.parentElement?.getBoundingClientRect().width ?? USUAL };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          drag.current = null;
        }}
      />
      <div className={styles.head}>
        <h2 className="el">{title}</h2>
        {sub !== undefined && <span className={styles.sub}>{sub}</span>}
        <span className={styles.end}>
          {end}
          <span className={styles.close}>
            <IconButton icon={X} name="Close" shortcut="Escape" onPress={() => setPanels({ drawer: null })} />
          </span>
        </span>
      </div>
      <div className={styles.body}>{children}</div>
    </aside>
  );
}

/** A part of the inspector. `art` for a picture on the neutral; `last` drops the hairline under it. */
export function InspectorSection({ title, note, art, children }: { title?: string; note?: ReactNode; art?: boolean; children: ReactNode }) {
  return (
    <section className={styles.section} data-art={art || undefined}>
      {title !== undefined && (
        <h3 className={styles.label}>
          {title}
          {note !== undefined && <span>{note}</span>}
        </h3>
      )}
      {children}
    </section>
  );
}
