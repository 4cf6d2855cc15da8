// The histogram over the grid: how rare the shown tokens are, and where in it the window is.
import type { TokensTable } from "../../api/bindings";

export type Bin = { readonly from: number; readonly count: number };

/** Counts per step of information content, rarest first. `bits` are thousandths. */
export function histogram(table: TokensTable, ids: Uint32Array, bins: number): { bins: Bin[]; most: number; rarest: number; commonest: number } {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const id of ids) {
    const bits = table.bits[id - 1] ?? 0;
    if (bits < least) least = bits;
    if (bits > most) most = bits;
  }
  if (ids.length === 0) return { bins: [], most: 0, rarest: 0, commonest: 0 };
  const step = Math.max(1, (most - least) / bins);
  const counts: number[] = Array.from({ length: bins }, () => 0);
  for (const id of ids) {
    const at = binOf(table.bits[id - 1] ?? 0, most, step, bins);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return {
    bins: counts.map((count, at) => ({ from: most - at * step, count })),
    most: Math.max(...counts),
    rarest: most,
    commonest: least,
  };
}

function binOf(bits: number, most: number, step: number, bins: number): number {
  return Math.min(bins - 1, Math.floor((most - bits) / step));
}

/** Thousandths of a bit as "28.4". */
export function sayBits(bits: number): string {
  return `${Math.floor(bits / 1000)}.${Math.floor((bits % 1000) / 100)}`;
}
