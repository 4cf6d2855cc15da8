// The one next act of Storage. Pure, so that a screen never shows two.
import type { Storage } from "../../api/bindings";

/** What is to be done next, in the order proof is made. */
export type NextAct = { kind: "build" | "rebuild" | "sign" | "launch" } | { kind: "store"; target: string } | { kind: "prove"; target: string } | { kind: "add" } | { kind: "wait" };

/** Build, then sign, then as many proven copies as the policy asks for, then on. */
export function nextAct(storage: Storage, busy: boolean): NextAct {
  const { bundle, bundle_stale: stale, targets } = storage;
  if (busy) return { kind: "wait" };
  if (bundle === null) return { kind: "build" };
  if (stale) return { kind: "rebuild" };
  if (!bundle.signatures.some((signature) => signature.valid)) return { kind: "sign" };
  if (storage.copies_proven >= storage.copies_wanted) return { kind: "launch" };
  const unproven = targets.find((target) => target.state === "stored");
  if (unproven !== undefined) return { kind: "prove", target: unproven.id };
  const empty = targets.find((target) => target.state === "empty" || target.state === "stale" || target.state === "failed");
  if (empty !== undefined) return { kind: "store", target: empty.id };
  return targets.some((target) => target.state === "running") ? { kind: "wait" } : { kind: "add" };
}

/** What a target's id may be: it names a row of drop.toml. */
export function readTargetId(text: string, known: readonly string[]): string | null {
  if (!/^[a-z0-9-]+$/.test(text)) return "Small letters, digits and hyphens, such as studio-node.";
  return known.includes(text) ? "There is a target with this name." : null;
}

/** Where a node listens. */
export function readNodeAddress(text: string): string | null {
  return /^https?:\/\/[^\s/]+(\/\S*)?$/.test(text.trim()) ? null : "An address such as http://127.0.0.1:5001.";
}
