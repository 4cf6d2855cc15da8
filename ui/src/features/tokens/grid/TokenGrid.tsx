import { type KeyboardEvent, type MouseEvent, memo, useEffect, useId, useImperativeHandle, useMemo, useRef, useState, type Ref } from "react";
import { isMac } from "../../../shell/keyboard";
import { type Watch, useWatched } from "./cursor";
import styles from "./grid.module.css";
import { type Cursor, type Shape, type Wish, isPicked, pick, press, range, toggle, wish } from "./keyboard";
import { type GridContent, GridView, type InView } from "./view";

/** How long the window must rest before its cells are mirrored for readers. */
const REST_MS = 120;

export type TokenGridHandle = { focus: () => void; reveal: (index: number) => void };

export type TokenGridProps = {
  label: string;
  content: GridContent;
  cursor: Watch<Cursor>;
  inView: Watch<InView>;
  /** "#671, rank 16, Body Crab vermilion": what a reader calls a token. */
  nameOf: (id: number) => string;
  onWish: (wish: NonNullable<Wish>) => void;
  handle: Ref<TokenGridHandle>;
};

/** Up to 100,000 thumbnails on one canvas, with a mirror of the visible cells for screen readers. */
export const TokenGrid = memo(function TokenGrid({ label, content, cursor, inView, nameOf, onWish, handle }: TokenGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<GridView | null>(null);
  const pending = useRef<number>(0);
  const [height, setHeight] = useState(0);
  const [columns, setColumns] = useState(1);
  const id = useId();
  const idAt = useMemo(() => (index: number) => content.ids[index] ?? 0, [content.ids]);
  const latest = useRef(content);
  latest.current = content;

  useEffect(() => {
    if (canvas.current === null || scroller.current === null) return undefined;
    const box = scroller.current;
    const made = new GridView(canvas.current, box, latest.current, cursor.get(), inView.set);
    view.current = made;
    const measure = () => {
      made.resize();
      setHeight(made.geometry.height);
      setColumns(made.geometry.columns);
    };
    const resized = new ResizeObserver(measure);
    resized.observe(box);
    const point = () => made.point(cursor.get(), box.matches(":focus-visible"));
    const stop = cursor.subscribe(point);
    const scheme = window.matchMedia("(prefers-color-scheme: dark)");
    const repaint = () => made.repaint();
    scheme.addEventListener("change", repaint);
    const themed = new MutationObserver(repaint);
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "style"] });
    return () => {
      resized.disconnect();
      themed.disconnect();
      scheme.removeEventListener("change", repaint);
      stop();
      cancelAnimationFrame(pending.current);
      made.close();
      view.current = null;
    };
  }, [cursor, inView]);

  useEffect(() => {
    const made = view.current;
    if (made === null) return;
    made.show(content);
    setHeight(made.geometry.height);
    setColumns(made.geometry.columns);
  }, [content]);

  useImperativeHandle(handle, () => ({ focus: () => scroller.current?.focus(), reveal: (index) => view.current?.reveal(index) }), []);

  const shape = (): Shape => ({ count: content.ids.length, columns: view.current?.geometry.columns ?? 1, page: view.current?.page ?? 1 });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey) return;
    const key = { key: event.key, shift: event.shiftKey, ctrl: isMac() ? event.metaKey : event.ctrlKey };
    const next = press(cursor.get(), key, shape(), idAt);
    if (next !== null) {
      event.preventDefault();
      // Key repeat is not gathered by the engine: one step a frame, so that no backlog builds up.
      if (pending.current !== 0 && event.repeat) return;
      pending.current = requestAnimationFrame(() => {
        pending.current = 0;
      });
      cursor.set(next);
      view.current?.reveal(next.focus);
      return;
    }
    const wanted = wish(key);
    if (wanted === null) return;
    event.preventDefault();
    onWish(wanted);
  };
  const onClick = (event: MouseEvent) => {
    const index = view.current?.at(event.clientX, event.clientY) ?? null;
    if (index === null) return;
    if (event.shiftKey) cursor.set(range(cursor.get(), index, idAt));
    else if (event.ctrlKey || event.metaKey) cursor.set(toggle(cursor.get(), index, idAt));
    else cursor.set(pick(index, idAt));
  };
  const redraw = () => view.current?.point(cursor.get(), scroller.current?.matches(":focus-visible") ?? false);

  return (
    // One tab stop; the cells inside are a mirror for readers (aria-activedescendant), the picture is the canvas.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      tabIndex={0}
      data-first-focus
      aria-label={label}
      aria-multiselectable
      aria-rowcount={Math.ceil(content.ids.length / columns)}
      aria-colcount={columns}
      onScroll={() => view.current?.draw()}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={() => onWish("open")}
      onPointerMove={(event) => view.current?.hover(view.current.at(event.clientX, event.clientY))}
      onPointerLeave={() => view.current?.hover(null)}
      onFocus={redraw}
      onBlur={redraw}
    >
      <div className={styles.window}>
        <canvas ref={canvas} className={styles.canvas} aria-hidden />
      </div>
      <div style={{ height }} className={styles.spacer} />
      <Mirror id={id} scroller={scroller} ids={content.ids} columns={columns} cursor={cursor} inView={inView} nameOf={nameOf} />
    </div>
  );
});

/** Rows and cells for readers: the ones in view, and the focused one wherever it is. */
function Mirror({ id, scroller, ids, columns, cursor, inView, nameOf }: {
  id: string;
  scroller: { readonly current: HTMLElement | null };
  ids: Uint32Array;
  columns: number;
  cursor: Watch<Cursor>;
  inView: Watch<InView>;
  nameOf: (id: number) => string;
}) {
  const here = useWatched(cursor);
  const [rested, setRested] = useState(inView.get);
  useEffect(() => {
    let timer = 0;
    const rest = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => setRested(inView.get()), REST_MS);
    };
    rest();
    const stop = inView.subscribe(rest);
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [inView]);
  const focused = `${id}-${ids[here.focus] ?? 0}`;
  useEffect(() => {
    scroller.current?.setAttribute("aria-activedescendant", focused);
  }, [scroller, focused]);

  const rows = new Set<number>([Math.floor(here.focus / columns)]);
  for (let row = Math.floor(rested.first / columns); row <= Math.floor(rested.last / columns); row += 1) rows.add(row);
  return (
    <div className="vh" role="presentation">
      {[...rows]
        .toSorted((one, other) => one - other)
        .map((row) => (
          <div key={row} role="row" aria-rowindex={row + 1}>
            {Array.from(ids.subarray(row * columns, (row + 1) * columns), (token, column) => (
              <div key={token} id={`${id}-${token}`} role="gridcell" aria-colindex={column + 1} aria-selected={isPicked(here.picked, token)}>
                {nameOf(token)}
              </div>
            ))}
          </div>
        ))}
    </div>
  );
}
