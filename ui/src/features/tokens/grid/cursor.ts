// Focus and selection live outside React: an arrow key redraws a canvas, not a tree.
import { useEffect, useState, useSyncExternalStore } from "react";
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

/** The same, but followed at most every `ms`: for what stands beside a canvas that moves with every frame. */
export function useFollowed<Value>(watched: Watch<Value>, ms: number): Value {
  const [value, setValue] = useState(watched.get);
  useEffect(() => {
    let timer = 0;
    const follow = () => {
      if (timer !== 0) return;
      timer = window.setTimeout(() => {
        timer = 0;
        setValue(watched.get());
      }, ms);
    };
    setValue(watched.get());
    const stop = watched.subscribe(follow);
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [watched, ms]);
  return value;
}

export const START: Cursor = { focus: 0, anchor: 0, picked: NOTHING };
