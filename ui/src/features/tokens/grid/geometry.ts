// Where a cell is, by arithmetic alone: nothing is measured, nothing is laid out, so 100,000 cells cost what ten do.

/** The grid in CSS pixels. Rows are one gap apart; the gutter holds the rank of each row's first token. */
export type Geometry = {
  readonly count: number;
  readonly columns: number;
  /** Side of a cell. */
  readonly cell: number;
  readonly gap: number;
  /** Left of the first column. */
  readonly gutter: number;
  /** Above the first row, so that a ring has room. */
  readonly top: number;
  readonly rows: number;
  /** Height of everything. */
  readonly height: number;
};

/** A gap between cells. */
export const GAP = 4;

/** Lays `count` cells of about `size` into `width`: as many columns as fit, cells grown so that the row is full. */
export function lay(count: number, width: number, size: number, gutter: number): Geometry {
  const room = Math.max(size, width - gutter);
  const columns = Math.max(1, Math.floor((room + GAP) / (size + GAP)));
  const cell = Math.floor((room + GAP) / columns) - GAP;
  const rows = Math.ceil(count / columns);
  return { count, columns, cell, gap: GAP, gutter, top: GAP, rows, height: GAP + rows * (cell + GAP) + GAP };
}

/** Left and top of a cell, from the top of everything. */
export function place(geometry: Geometry, index: number): { x: number; y: number } {
  const { columns, cell, gap, gutter, top } = geometry;
  return { x: gutter + (index % columns) * (cell + gap), y: top + Math.floor(index / columns) * (cell + gap) };
}

/** First and last row that show anything between `scroll` and `scroll + height`, `more` rows further each way. */
export function visibleRows(geometry: Geometry, scroll: number, height: number, more = 0): { first: number; last: number } {
  const pitch = geometry.cell + geometry.gap;
  const first = Math.floor((scroll - geometry.top) / pitch) - more;
  const last = Math.ceil((scroll + height - geometry.top) / pitch) - 1 + more;
  return { first: Math.max(0, first), last: Math.min(geometry.rows - 1, last) };
}

/** The cell under a point of the scrolled content; null in gaps and beyond the last. */
export function hit(geometry: Geometry, x: number, y: number): number | null {
  const pitch = geometry.cell + geometry.gap;
  const column = Math.floor((x - geometry.gutter) / pitch);
  const row = Math.floor((y - geometry.top) / pitch);
  if (column < 0 || column >= geometry.columns || row < 0) return null;
  if (x - geometry.gutter - column * pitch >= geometry.cell || y - geometry.top - row * pitch >= geometry.cell) return null;
  const index = row * geometry.columns + column;
  return index < geometry.count ? index : null;
}

/** The scroll position that shows a cell, moving as little as possible. Always inside the content: engines clamp differently. */
export function reveal(geometry: Geometry, index: number, scroll: number, height: number): number {
  const { y } = place(geometry, index);
  const above = y - geometry.gap;
  const below = y + geometry.cell + geometry.gap;
  const wanted = above < scroll ? above : below > scroll + height ? below - height : scroll;
  return clampScroll(geometry, wanted, height);
}

export function clampScroll(geometry: Geometry, scroll: number, height: number): number {
  return Math.max(0, Math.min(scroll, geometry.height - height));
}
