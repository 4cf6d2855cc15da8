// Small things of this window a person set and expects to find again: widths, sizes, what is folded. Nothing of the drop.
import { useCallback, useState } from "react";

const PREFIX = "atelier.";

/** Like `useState`, kept over restarts. Broken or missing values fall back to `initial`. */
export function useRemembered<Value>(key: string, initial: Value): [Value, (value: Value) => void] {
  const [held, setHeld] = useState<{ key: string; value: Value }>(() => ({ key, value: read(key, initial) }));
  const value = held.key === key ? held.value : read(key, initial);
  const set = useCallback(
    (next: Value) => {
      setHeld({ key, value: next });
      try {
        localStorage.setItem(PREFIX + key, JSON.stringify(next));
      } catch {
        // A full or forbidden store costs the memory of a width, nothing more.
      }
    },
    [key],
  );
  return [value, set];
}

function read<Value>(key: string, initial: Value): Value {
  try {
    const kept = localStorage.getItem(PREFIX + key);
    return kept === null ? initial : (JSON.parse(kept) as Value);
  } catch {
    return initial;
  }
}
