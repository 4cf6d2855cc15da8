// Which tokens are shown, and in what order. Columns in, an array of ids out: 100,000 tokens in a few milliseconds.
import type { TokensTable } from "../../api/bindings";

/** Traits ticked per layer id, by trait index; the last index means none. Ticks of one layer add up, layers narrow. */
export type Filters = ReadonlyMap<string, ReadonlySet<number>>;

export type Order = "rarest" | "commonest" | "number";

/** Ids of the tokens that pass, in order. Equal ranks keep their numbers' order. */
export function list(table: TokensTable, filters: Filters, search: string, order: Order): Uint32Array {
  const tests = [...filters].filter(([, ticked]) => ticked.size > 0).flatMap(([id, ticked]) => {
    const layer = table.layers.find((one) => one.id === id);
    return layer === undefined ? [] : [{ column: layer.column, ticked: mask(ticked, layer.traits.length + 1) }];
  });
  const found = searcher(table, search);
  const ids = new Uint32Array(table.count);
  let kept = 0;
  for (let index = 0; index < table.count; index += 1) {
    if (tests.every(({ column, ticked }) => ticked[column[index] ?? 0] === 1) && found(index)) {
      ids[kept] = index + 1;
      kept += 1;
    }
  }
  const shown = ids.subarray(0, kept);
  if (order === "number") return shown;
  const sign = order === "rarest" ? 1 : -1;
  return shown.toSorted((one, other) => sign * ((table.rank[one - 1] ?? 0) - (table.rank[other - 1] ?? 0)) || one - other);
}

/**
 * Counts beside each trait of a layer: how many tokens would be there if it were ticked as the only one of its layer,
 * with every other layer's filter and the search in force. So a count is never a dead end that looks alive.
 */
export function facets(table: TokensTable, filters: Filters, search: string, layerId: string): number[] {
  const layer = table.layers.find((one) => one.id === layerId);
  if (layer === undefined) return [];
  const others: Filters = new Map([...filters].filter(([id, ticked]) => id !== layerId && ticked.size > 0));
  if (others.size === 0 && search.trim() === "") return layer.counts;
  const counts: number[] = Array.from({ length: layer.traits.length + 1 }, () => 0);
  for (const id of list(table, others, search, "number")) {
    const trait = layer.column[id - 1] ?? 0;
    counts[trait] = (counts[trait] ?? 0) + 1;
  }
  return counts;
}

/** The words of a filter: "Crown: Lantern", "Crown is not None", "Crown: 3 of 10". */
export function sayFilter(table: TokensTable, layerId: string, ticked: ReadonlySet<number>): string {
  const layer = table.layers.find((one) => one.id === layerId);
  if (layer === undefined) return layerId;
  const none = layer.traits.length;
  const worn = (layer.counts[none] ?? 0) > 0 ? none + 1 : none;
  const name = (index: number) => layer.traits[index] ?? "None";
  if (ticked.size === 1) return `${layer.name}: ${name([...ticked][0] ?? none)}`;
  const missing = Array.from({ length: worn }, (_, index) => index).filter((index) => !ticked.has(index));
  if (missing.length === 1) return `${layer.name} is not ${name(missing[0] ?? none)}`;
  return `${layer.name}: ${ticked.size} of ${worn}`;
}

/** One tick more or less. */
export function tick(filters: Filters, layerId: string, trait: number): Filters {
  const ticked = new Set(filters.get(layerId));
  if (!ticked.delete(trait)) ticked.add(trait);
  const next = new Map(filters);
  if (ticked.size === 0) next.delete(layerId);
  else next.set(layerId, ticked);
  return next;
}

/** How the search box is read: "#12" or "12" a number, "rank 3" a rank, words the traits a token wears (all of them). */
function searcher(table: TokensTable, search: string): (index: number) => boolean {
  const text = search.trim().toLowerCase();
  if (text === "") return () => true;
  const number = /^#\s*(\d+)$/.exec(text)?.[1];
  if (number !== undefined) return (index) => index + 1 === Number(number);
  const rank = /^rank\s*(\d+)$/.exec(text)?.[1];
  if (rank !== undefined) return (index) => table.rank[index] === Number(rank);
  if (/^\d+$/.test(text)) return (index) => String(index + 1).startsWith(text);
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  const wearing = words.map((word) =>
    table.layers.map((layer) => ({
      column: layer.column,
      has: Uint8Array.from([...layer.traits, "none"], (name) => (`${layer.name} ${name}`.toLowerCase().split(/[\s,]+/).some((part) => part.startsWith(word)) && name !== "none" ? 1 : 0)),
    })),
  );
  return (index) => wearing.every((layers) => layers.some(({ column, has }) => has[column[index] ?? 0] === 1));
}

function mask(ticked: ReadonlySet<number>, length: number): Uint8Array {
  const bits = new Uint8Array(length);
  for (const index of ticked) bits[index] = 1;
  return bits;
}
