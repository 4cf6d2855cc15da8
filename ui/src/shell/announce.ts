// One polite live region for the whole window: changes a screen reader should hear without looking.
import { useSyncExternalStore } from "react";

let words = "";
const listeners = new Set<() => void>();

/** Says it once, when the reader is next silent. The same words twice are said twice. */
export function announce(sentence: string): void {
  words = words === sentence ? `${sentence}\u00a0` : sentence;
  for (const listener of listeners) listener();
}

export function useAnnouncement(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => words,
  );
}
