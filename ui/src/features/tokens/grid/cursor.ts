// Focus and selection live outside React: an arrow key redraws a canvas, not a tree.
import { useSyncExternalStore } from "react";
import { type Cursor, NOTHING } from "./keyboard";

export type Watch<Value> = {
  get: () => Value;
  set: (value: Value) => void;
  subscribe: (listener: () => void) => () => void;
};

/** A value that tells who listens. */
export function watch<Value>(initial: Value): Watch<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useWatched<Value>(watched: Watch<Value>): Value {
  return useSyncExternalStore(watched.subscribe, watched.get);
}

export const START: Cursor = { focus: 0, anchor: 0, picked: NOTHING };
