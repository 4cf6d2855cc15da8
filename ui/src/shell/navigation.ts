// Where the person is. A small store instead of a router: there are no addresses to share, and what a step needs is its name.
import { useSyncExternalStore } from "react";
import type { StageName } from "../api/bindings";

/** A screen: a step of the drop's life, or one of those beside it. */
export type Screen = StageName | "home" | "activity" | "settings";

/** A place: a screen, a part of it (a sub-step), and what to look at there. */
export type Place = { readonly screen: Screen; readonly part?: string; readonly at?: unknown };

/** The seven steps in the order of a drop's life, with their names. */
export const STEPS: readonly { readonly id: StageName; readonly title: string }[] = [
  { id: "artwork", title: "Artwork" },
  { id: "tokens", title: "Tokens" },
  { id: "metadata", title: "Metadata" },
  { id: "storage", title: "Storage" },
  { id: "rehearsal", title: "Rehearsal" },
  { id: "launch", title: "Launch" },
  { id: "sales", title: "Sales" },
];

let here: Place = { screen: "home" };
const listeners = new Set<() => void>();

/** Goes somewhere. */
export function navigate(place: Place): void {
  here = place;
  for (const listener of listeners) listener();
}

/** Where the person is, outside React. */
export function place(): Place {
  return here;
}

/** Where the person is. */
export function usePlace(): Place {
  return useSyncExternalStore(subscribe, place);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
