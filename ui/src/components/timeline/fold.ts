// What a long plan looks like at arm's length: rows that say the same thing fold into one.

/** A row that may fold with its neighbours. Rows with the same `run` stand for the same thing; null never folds. */
export type Foldable = { readonly id: string; readonly run: string | null };

/** Either a row, or a run of rows shown as one. */
export type Folded<Row> = { kind: "row"; row: Row } | { kind: "run"; id: string; rows: Row[] };

/** Which rows of a run stay in sight, and how many must be hidden for folding to be worth it. */
export type FoldRule = { readonly head: number; readonly tail: number; readonly least: number };

/**
 * Folds neighbours of one run. The first `head` and the last `tail` rows stay, what is between becomes one row;
 * runs that would hide fewer than `least` rows stay open. Order never changes, and no row is lost.
 */
export function foldRuns<Row extends Foldable>(rows: readonly Row[], rule: FoldRule): Folded<Row>[] {
  const folded: Folded<Row>[] = [];
  for (let start = 0; start < rows.length; ) {
    const first = rows[start] as Row;
    let end = start + 1;
    while (first.run !== null && end < rows.length && rows[end]?.run === first.run) end += 1;
    const run = rows.slice(start, end);
    const hidden = run.slice(rule.head, run.length - rule.tail);
    if (first.run !== null && run.length > rule.head + rule.tail && hidden.length >= rule.least) {
      folded.push(...run.slice(0, rule.head).map(asRow));
      folded.push({ kind: "run", id: `run-of-${hidden[0]?.id}`, rows: hidden });
      folded.push(...run.slice(run.length - rule.tail).map(asRow));
    } else {
      folded.push(...run.map(asRow));
    }
    start = end;
  }
  return folded;
}

function asRow<Row>(row: Row): Folded<Row> {
  return { kind: "row", row };
}

/** "2–41" from the first and the last of a run, "7" where they are one. */
export function span(first: number, last: number): string {
  return first === last ? String(first) : `${first}–${last}`;
}
