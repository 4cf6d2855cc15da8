// What a key does in the grid: pure, so that it is the same in every engine and can be tried without one.

/** Where the person is in the grid, and what is picked. Indexes into the list that is shown. */
export type Cursor = {
  readonly focus: number;
  /** Where a Shift range began. */
  readonly anchor: number;
  readonly picked: Picked;
};

/** `all` but `except`, or only `except`: picking 100,000 costs nothing. */
export type Picked = { readonly all: boolean; readonly except: ReadonlySet<number> };

export const NOTHING: Picked = { all: false, except: new Set() };

/** The shape of the grid a move happens in. */
export type Shape = { readonly count: number; readonly columns: number; /** Rows in view. */ readonly page: number };

export type GridKey = { readonly key: string; readonly shift: boolean; readonly ctrl: boolean };

/** What a key asks for besides moving. */
export type Wish = "open" | "close" | "bigger" | "smaller" | "search" | null;

export function isPicked(picked: Picked, id: number): boolean {
  return picked.all !== picked.except.has(id);
}

export function pickedCount(picked: Picked, count: number): number {
  return picked.all ? count - picked.except.size : picked.except.size;
}

/** Where a key moves the focus; null where it does not move. */
export function move(focus: number, { key, ctrl }: GridKey, { count, columns, page }: Shape): number | null {
  if (count === 0) return null;
  const last = count - 1;
  const row = Math.floor(focus / columns);
  switch (key) {
    case "ArrowRight":
      return Math.min(last, focus + 1);
    case "ArrowLeft":
      return Math.max(0, focus - 1);
    // Down from the last full row goes to the last cell, so that no token is out of reach.
    case "ArrowDown":
      return focus + columns <= last ? focus + columns : Math.floor(last / columns) > row ? last : focus;
    case "ArrowUp":
      return focus - columns >= 0 ? focus - columns : focus;
    case "Home":
      return ctrl ? 0 : row * columns;
    case "End":
      return ctrl ? last : Math.min(last, row * columns + columns - 1);
    case "PageDown":
      return Math.min(focus + page * columns, focus + Math.floor((last - focus) / columns) * columns);
    case "PageUp":
      return Math.max(focus - page * columns, focus % columns);
    default:
      return null;
  }
}

/** What a key wishes for. */
export function wish({ key, ctrl }: GridKey): Wish {
  if (ctrl) return null;
  switch (key) {
    case "Enter":
    case "e":
      return "open";
    case "g":
      return "close";
    case "+":
    case "=":
      return "bigger";
    case "-":
      return "smaller";
    case "/":
      return "search";
    default:
      return null;
  }
}

/** The cursor after a key; null where the grid does not know the key. `idAt` names the token at an index. */
export function press(cursor: Cursor, key: GridKey, shape: Shape, idAt: (index: number) => number): Cursor | null {
  if (key.ctrl && key.key.toLowerCase() === "a") return { ...cursor, picked: { all: true, except: new Set() } };
  if (key.key === " ") return toggle(cursor, cursor.focus, idAt);
  const to = move(cursor.focus, key, shape);
  if (to === null) return null;
  return key.shift ? range(cursor, to, idAt) : pick(to, idAt);
}

/** One token, and only that. */
export function pick(index: number, idAt: (index: number) => number): Cursor {
  return { focus: index, anchor: index, picked: { all: false, except: new Set([idAt(index)]) } };
}

/** In or out, the others as they were. */
export function toggle(cursor: Cursor, index: number, idAt: (index: number) => number): Cursor {
  const except = new Set(cursor.picked.except);
  const id = idAt(index);
  if (!except.delete(id)) except.add(id);
  return { focus: index, anchor: index, picked: { all: cursor.picked.all, except } };
}

/** Everything from the anchor to here. */
export function range(cursor: Cursor, to: number, idAt: (index: number) => number): Cursor {
  const [from, until] = cursor.anchor < to ? [cursor.anchor, to] : [to, cursor.anchor];
  const except = new Set<number>();
  for (let index = from; index <= until; index += 1) except.add(idAt(index));
  return { focus: to, anchor: cursor.anchor, picked: { all: false, except } };
}
