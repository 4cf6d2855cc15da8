// The canvas: draws what is in view, asks for what it lacks, answers what is under the pointer. No React in here.
import { type Cell, drawBroken, drawMarks, drawMat, drawWaiting } from "./draw";
import { type Geometry, hit, lay, place, reveal, visibleRows } from "./geometry";
import { type Cursor, isPicked, pickedCount } from "./keyboard";
import { Micro } from "./micro";
import { type Paint, readPaint } from "./paint";
import { Thumbs, type Wanted } from "./thumbs";

/** Rows fetched beyond the window. */
const PREFETCH = 4;

/** What the grid shows. */
export type GridContent = {
  readonly ids: Uint32Array;
  readonly rank: readonly number[];
  readonly version: readonly string[];
  readonly micro: { readonly pages: number; readonly url: (page: number) => string; readonly version: string };
  readonly thumb: (id: number, version: string, size: 128 | 256) => string;
  /** Beside each row: the rank or the number of its first token. */
  readonly gutter: "rank" | "number";
  /** Side of a cell in CSS pixels. */
  readonly size: number;
};

/** What is in view, as indexes into `ids`. */
export type InView = { readonly first: number; readonly last: number };

export class GridView {
  readonly #canvas: HTMLCanvasElement;
  readonly #scroller: HTMLElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #onView: (view: InView) => void;
  readonly #thumbs: Thumbs;
  #micro: Micro | null = null;
  #microVersion = "";
  #paint: Paint;
  #content: GridContent;
  #cursor: Cursor;
  #geometry: Geometry;
  #hover: number | null = null;
  #focusShown = false;
  #frame = 0;
  #view: InView = { first: -1, last: -1 };
  #width = 0;
  #height = 0;

  constructor(canvas: HTMLCanvasElement, scroller: HTMLElement, content: GridContent, cursor: Cursor, onView: (view: InView) => void) {
    const context = canvas.getContext("2d", { alpha: false });
    if (context === null) throw new Error("this engine has no 2D canvas");
    this.#canvas = canvas;
    this.#scroller = scroller;
    this.#context = context;
    this.#content = content;
    this.#cursor = cursor;
    this.#onView = onView;
    this.#paint = readPaint(scroller);
    this.#thumbs = new Thumbs(() => this.later());
    this.#geometry = lay(0, 1, 64, 0);
    this.resize();
  }

  get geometry(): Geometry {
    return this.#geometry;
  }

  /** Rows that fit the window. */
  get page(): number {
    return Math.max(1, Math.floor(this.#height / (this.#geometry.cell + this.#geometry.gap)));
  }

  /** Another list, another size, another version of a picture. */
  show(content: GridContent): void {
    this.#content = content;
    this.#lay();
    this.draw();
  }

  /** Focus or selection moved. */
  point(cursor: Cursor, focusShown: boolean): void {
    this.#cursor = cursor;
    this.#focusShown = focusShown;
    this.later();
  }

  hover(index: number | null): void {
    if (index === this.#hover) return;
    this.#hover = index;
    this.later();
  }

  /** The cell under a point of the window. */
  at(clientX: number, clientY: number): number | null {
    const box = this.#scroller.getBoundingClientRect();
    return hit(this.#geometry, clientX - box.left, clientY - box.top + this.#scroller.scrollTop);
  }

  /** Scrolls a cell into view, as little as possible. */
  reveal(index: number): void {
    const to = reveal(this.#geometry, index, this.#scroller.scrollTop, this.#height);
    if (to !== this.#scroller.scrollTop) this.#scroller.scrollTop = to;
  }

  /** The theme changed. */
  repaint(): void {
    this.#paint = readPaint(this.#scroller);
    this.later();
  }

  resize(): void {
    const width = this.#scroller.clientWidth;
    const height = this.#scroller.clientHeight;
    const ratio = window.devicePixelRatio || 1;
    this.#width = width;
    this.#height = height;
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
    this.#lay();
    this.draw();
  }

  /** Draws with the next frame; many reasons, one drawing. */
  later(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.draw();
    });
  }

  /** Draws now. Called straight from `scroll`: waiting for a frame would show the last one moved. */
  draw(): void {
    const { ids } = this.#content;
    const context = this.#context;
    const ratio = window.devicePixelRatio || 1;
    const scroll = this.#scroller.scrollTop;
    const { columns, cell: size } = this.#geometry;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.#paint["stage-neutral"];
    context.fillRect(0, 0, this.#width, this.#height);
    if (ids.length === 0) return;

    const rows = visibleRows(this.#geometry, scroll, this.#height);
    const several = pickedCount(this.#cursor.picked, ids.length) > 1;
    const marked: Cell[] = [];
    const wanted: Wanted[] = [];
    for (let row = rows.first; row <= rows.last; row += 1) {
      this.#drawGutter(row, scroll);
      for (let column = 0; column < columns; column += 1) {
        const index = row * columns + column;
        const id = ids[index];
        if (id === undefined) break;
        const { x, y } = place(this.#geometry, index);
        const cell: Cell = {
          id,
          rank: this.#content.rank[id - 1] ?? 0,
          x,
          y: y - scroll,
          size,
          picked: isPicked(this.#cursor.picked, id),
          several,
          focused: this.#focusShown && index === this.#cursor.focus,
          hovered: index === this.#hover,
        };
        const missing = this.#drawPicture(cell);
        if (missing !== null) wanted.push(missing);
        if (cell.picked || cell.focused || cell.hovered) marked.push(cell);
      }
    }
    for (const cell of marked) drawMarks(context, this.#paint, cell);
    this.#thumbs.want([...wanted, ...this.#beyond(rows.first, rows.last)]);
    const view = { first: rows.first * columns, last: Math.min(ids.length, (rows.last + 1) * columns) - 1 };
    if (view.first === this.#view.first && view.last === this.#view.last) return;
    this.#view = view;
    this.#onView(view);
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#thumbs.close();
    this.#micro?.close();
  }

  /** Sharp, else 16 px, else the mat. Returns what has to be fetched. */
  #drawPicture(cell: Cell): Wanted | null {
    const wanted = this.#wanted(cell.id);
    if (wanted === null) {
      drawWaiting(this.#context, this.#paint, cell);
      return null;
    }
    const bitmap = this.#thumbs.get(wanted.key);
    if (bitmap !== undefined) {
      this.#context.imageSmoothingQuality = "high";
      this.#context.drawImage(bitmap, cell.x, cell.y, cell.size, cell.size);
      return null;
    }
    if (this.#thumbs.isBroken(wanted.key)) {
      drawBroken(this.#context, this.#paint, cell);
      return null;
    }
    if (this.#micro?.draw(this.#context, cell.id, cell.x, cell.y, cell.size) !== true) drawMat(this.#context, this.#paint, cell);
    return wanted;
  }

  #drawGutter(row: number, scroll: number): void {
    const first = row * this.#geometry.columns;
    const id = this.#content.ids[first];
    if (id === undefined || this.#geometry.gutter === 0) return;
    const { y } = place(this.#geometry, first);
    this.#context.font = this.#paint.font;
    this.#context.textAlign = "right";
    this.#context.textBaseline = "top";
    this.#context.fillStyle = this.#paint["text-3"];
    const words = this.#content.gutter === "rank" ? String(this.#content.rank[id - 1] ?? "") : String(id);
    this.#context.fillText(words, this.#geometry.gutter - 8, y - scroll + 4);
  }

  /** What a token's sharp picture is called; null where it is not rendered. */
  #wanted(id: number): Wanted | null {
    const version = this.#content.version[id - 1] ?? "";
    if (version === "") return null;
    const size = this.#geometry.cell * (window.devicePixelRatio || 1) > 144 ? 256 : 128;
    return { key: `${id}:${version}:${size}`, url: this.#content.thumb(id, version, size) };
  }

  /** Rows above and below, nearest first. */
  #beyond(first: number, last: number): Wanted[] {
    const wanted: Wanted[] = [];
    const { columns, rows } = this.#geometry;
    for (let away = 1; away <= PREFETCH; away += 1) {
      for (const row of [last + away, first - away]) {
        if (row < 0 || row >= rows) continue;
        for (let column = 0; column < columns; column += 1) {
          const id = this.#content.ids[row * columns + column];
          const one = id === undefined ? null : this.#wanted(id);
          if (one !== null) wanted.push(one);
        }
      }
    }
    return wanted;
  }

  #lay(): void {
    const { ids, size, micro } = this.#content;
    const rem = (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16) / 16;
    // The last column ends where the head does: 12 px from the edge, the scrollbar's width among them.
    const bar = this.#scroller.offsetWidth - this.#scroller.clientWidth;
    // Five and six figures need more than the usual 40 px beside the rows.
    const gutter = this.#content.rank.length > 9_999 ? 52 : 40;
    this.#geometry = lay(ids.length, this.#width - Math.max(0, 12 * rem - bar), size * rem, gutter * rem);
    if (this.#microVersion !== micro.version) {
      this.#micro?.close();
      this.#microVersion = micro.version;
      this.#micro = micro.pages === 0 ? null : new Micro(micro.pages, micro.url, () => this.later());
    }
  }
}
