// The combination the live composite shows: one `layer/trait` a layer at most, bottom to top.
import type { Artwork, TokensTable } from "../../api/bindings";

/** By layer id: a trait id, or null for wearing none of it. */
export type Combination = Readonly<Record<string, string | null>>;

/** A trait that is picked; `trait: null` is the layer's "none". */
export type Pick = { readonly layer: string; readonly trait: string | null };

/** The studio's first combination, with what is no longer there taken out. */
export function exampleOf(artwork: Artwork): Combination {
  const worn = new Map(artwork.example.map((entry): [string, string] => [entry.slice(0, entry.indexOf("/")), entry.slice(entry.indexOf("/") + 1)]));
  return Object.fromEntries(artwork.layers.map((layer): [string, string | null] => [layer.id, worn.get(layer.id) ?? null]));
}

/** The paths of a combination, in the layers' order, without traits that went away or cannot be read. */
export function pathsOf(artwork: Artwork, combination: Combination): string[] {
  return artwork.layers.flatMap((layer) => {
    const worn = combination[layer.id];
    const there = layer.traits.some((trait) => trait.id === worn && trait.problem === null);
    return there ? [`${layer.id}/${worn}`] : [];
  });
}

/** Tokens of the plan that wear a trait; none of the layer where it is null. */
export function wearers(table: TokensTable, { layer, trait }: Pick): number[] {
  const found = table.layers.find((one) => one.id === layer);
  if (found === undefined) return [];
  const index = trait === null ? found.traits.length : found.trait_ids.indexOf(trait);
  if (index < 0) return [];
  return found.column.flatMap((worn, at) => (worn === index ? [at + 1] : []));
}

/** What a token of the plan wears. */
export function combinationOf(table: TokensTable, id: number): Combination {
  return Object.fromEntries(table.layers.map((layer): [string, string | null] => [layer.id, layer.trait_ids[layer.column[id - 1] ?? -1] ?? null]));
}
