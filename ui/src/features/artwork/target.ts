// Targets as they are typed and dragged. Whole numbers and decimal strings throughout; the solver has the last word.
import type { LayerView, Target } from "../../api/bindings";

export type TargetKind = Target["kind"];

/** Percent in ten-thousandths of a percent, so that "12.5" is 125000. Null where it is no percent with up to 4 decimals. */
export function parsePercent(text: string): number | null {
  const match = /^(\d{1,3})(?:\.(\d{0,4}))?$/.exec(text.trim());
  if (match === null) return null;
  const value = Number(match[1]) * 10_000 + Number((match[2] ?? "").padEnd(4, "0"));
  return value > 1_000_000 ? null : value;
}

/** 125000 → "12.5". */
export function sayPercent(value: number): string {
  const fraction = String(value % 10_000).padStart(4, "0").replace(/0+$/, "");
  return `${Math.floor(value / 10_000)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** What was typed, as a target of this kind; null where it is none. */
export function parseTarget(kind: TargetKind, text: string, supply: number): Target | null {
  if (kind === "percent") {
    const value = parsePercent(text);
    return value === null ? null : { kind, value: sayPercent(value) };
  }
  if (!/^\d{1,9}$/.test(text.trim())) return null;
  const value = Number(text.trim());
  return kind === "count" && value > supply ? null : { kind, value };
}

/** Why a typed target is none. */
export function sayWrong(kind: TargetKind, supply: number): string {
  if (kind === "percent") return "A percentage up to 100, with up to 4 decimals";
  return kind === "count" ? `A whole number up to ${supply}` : "A whole number";
}

/** The number of a target, as it stands in the field. */
export function textOf(target: Target): string {
  return String(target.value);
}

/** The same target in another kind, as near as that kind can say it. */
export function convert(target: Target, count: number, supply: number, kind: TargetKind): Target {
  if (target.kind === kind) return target;
  if (kind === "percent") return { kind, value: sayPercent(supply === 0 ? 0 : Math.round((count * 1_000_000) / supply)) };
  return { kind, value: kind === "weight" ? Math.max(1, count) : count };
}

/** How many tokens a draft would mean, before the studio has said so: bars follow the hand with it. */
export function countOf(target: Target, layer: LayerView, traitId: string | null, supply: number): number {
  if (target.kind === "count") return target.value;
  if (target.kind === "percent") return Math.round((supply * (parsePercent(target.value) ?? 0)) / 1_000_000);
  const others = layer.traits.filter((trait) => trait.id !== traitId);
  const fixed = others.filter((trait) => trait.target.kind !== "weight").reduce((sum, trait) => sum + trait.target_count, 0);
  const none = traitId !== null && layer.none !== null && layer.none.kind !== "weight" ? layer.none_planned : 0;
  const weights = others.reduce((sum, trait) => sum + (trait.target.kind === "weight" ? trait.target.value : 0), 0);
  const room = Math.max(0, supply - fixed - none);
  return target.value === 0 ? 0 : Math.round((room * target.value) / (weights + target.value));
}

/** Tokens no target of a layer lays claim to; null where weights share whatever is left, so that the rest gives way. */
export function freeOf(layer: LayerView, supply: number): number | null {
  const targets = [...layer.traits.map((trait) => trait.target), ...(layer.none === null ? [] : [layer.none])];
  if (targets.some((target) => target.kind === "weight")) return null;
  const none = layer.none === null ? 0 : countOf(layer.none, layer, null, supply);
  return Math.max(0, supply - layer.traits.reduce((sum, trait) => sum + trait.target_count, none));
}

/** Who could take what the others leave: wearing none, else the largest other trait; null where there is nobody. */
export function giverOf(layer: LayerView, traitId: string | null): { trait: string | null; name: string; count: number } | null {
  if (layer.none !== null && traitId !== null) return { trait: null, name: `No ${layer.name.toLowerCase()}`, count: layer.none_planned };
  const [largest] = layer.traits.filter((trait) => trait.id !== traitId).toSorted((one, other) => other.target_count - one.target_count);
  return largest === undefined ? null : { trait: largest.id, name: largest.name, count: largest.target_count };
}

/** One token more or less, in the target's own kind. */
export function nudge(target: Target, by: number, supply: number): Target {
  if (target.kind === "percent") {
    const step = Math.max(1, Math.round(1_000_000 / Math.max(1, supply)));
    const value = Math.min(1_000_000, Math.max(0, (parsePercent(target.value) ?? 0) + by * step));
    return { kind: "percent", value: sayPercent(value) };
  }
  const value = Math.max(0, target.value + by);
  return { kind: target.kind, value: target.kind === "count" ? Math.min(supply, value) : value };
}

/** The range of the slider. */
export function rangeOf(target: Target, supply: number): { max: number; step: number; value: number } {
  if (target.kind === "percent") return { max: 100, step: 0.5, value: (parsePercent(target.value) ?? 0) / 10_000 };
  return { max: target.kind === "count" ? supply : Math.max(100, target.value), step: 1, value: target.value };
}

/** The slider's value as a target. */
export function fromSlider(kind: TargetKind, value: number): Target {
  return kind === "percent" ? { kind, value: sayPercent(Math.round(value * 10_000)) } : { kind, value };
}
