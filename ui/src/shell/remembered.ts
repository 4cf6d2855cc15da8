// Small things of this window a person set and expects to find again: widths, sizes, what is folded. Nothing of the drop.
import { useCallback, useState } from "react";

const PREFIX = "atelier.";

/** Like `useState`, kept over restarts. Broken or missing values fall back to `initial`. */
export function useRemembered<Value>(key: string, initial: Value): [Value, (value: Value) => void] {
  const [held, setHeld] = useState<{ key: string; value: Value }>(() => ({ key, value: recall(key, initial) }));
  const value = held.key === key ? held.value : recall(key, initial);
  const set = useCallback(
    (next: Value) => {
      setHeld({ key, value: next });
      remember(key, next);
    },
    [key],
  );
  return [value, set];
}

/** Keeps a value. A full or forbidden store costs the memory of a width, nothing more. */
export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // See above.
  }
}

/** What was kept under a key. */
export function recall<Value>(key: string, initial: Value): Value {
  try {
    const kept = localStorage.getItem(PREFIX + key);
    return kept === null ? initial : (JSON.parse(kept) as Value);
  } catch {
    return initial;
  }
}
