// Rules as they are written in the window: sentences with slots, and an id for drop.toml.
import type { Artwork, RuleKind, RuleSpec } from "../../api/bindings";

/** The draft of a rule; `count` only for at-most. */
export type Draft = { readonly kind: RuleKind; readonly traits: readonly string[]; readonly with: readonly string[]; readonly count: number };

export const EMPTY: Draft = { kind: "forbid", traits: [], with: [], count: 3 };

/** The name of `layer/trait` or `layer/*`. */
export function nameOf(artwork: Artwork, path: string): string {
  const [layerId, traitId] = split(path);
  const layer = artwork.layers.find((one) => one.id === layerId);
  if (traitId === "*") return `Any ${layer?.name.toLowerCase() ?? layerId}`;
  return layer?.traits.find((trait) => trait.id === traitId)?.name ?? path;
}

/** Its picture's path; the layer's first trait for `layer/*`. */
export function thumbOf(artwork: Artwork, path: string): string | null {
  const [layerId, traitId] = split(path);
  const traits = artwork.layers.find((one) => one.id === layerId)?.traits;
  return (traitId === "*" ? traits?.[0] : traits?.find((trait) => trait.id === traitId))?.thumb ?? null;
}

/** The words between the slots of a kind. */
export function words(kind: RuleKind, count: number, several: boolean): { before: string; between: string; after: string; joiner: "or" | "and" } {
  switch (kind) {
    case "forbid":
      return { before: "", between: several ? "never appear with" : "never appears with", after: "", joiner: "or" };
    case "only-with":
      return { before: "", between: several ? "only appear with" : "only appears with", after: "", joiner: "or" };
    case "at-most":
      return { before: `At most ${count} ${count === 1 ? "token wears" : "tokens wear"}`, between: "and", after: "together", joiner: "or" };
  }
}

/** Why a draft is no rule yet; null where it is one. */
export function missing(draft: Draft): string | null {
  if (draft.traits.length === 0) return "Say which trait it is about";
  if (draft.with.length === 0) return "Say what it is set against";
  return draft.traits.some((trait) => draft.with.includes(trait)) ? "A trait cannot stand on both sides" : null;
}

/** The rule, under an id nobody has: "lantern-never-closed", "lantern-never-closed-2". */
export function specOf(draft: Draft, taken: readonly string[]): RuleSpec {
  const verb = { forbid: "never", "only-with": "only", "at-most": "few" }[draft.kind];
  const base = `${part(draft.traits[0])}-${verb}-${part(draft.with[0])}`.toLowerCase().replace(/[^a-z0-9-]+/g, "-");
  let id = base;
  for (let number = 2; taken.includes(id); number += 1) id = `${base}-${number}`;
  return { id, kind: draft.kind, traits: [...draft.traits], with: [...draft.with], count: draft.kind === "at-most" ? draft.count : null };
}

function part(path: string | undefined): string {
  const [layer, trait] = split(path ?? "");
  return trait === "*" ? `any-${layer}` : trait;
}

function split(path: string): [layer: string, trait: string] {
  const at = path.indexOf("/");
  return [path.slice(0, at), path.slice(at + 1)];
}
