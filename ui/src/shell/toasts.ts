// Short words at the foot of the stage: what was done, what did not change, and the way back.
import { useSyncExternalStore } from "react";

export type Toast = {
  readonly id: number;
  readonly text: string;
  readonly code?: string;
  readonly bad?: boolean;
  readonly action?: { readonly label: string; readonly shortcut?: string; readonly run: () => void };
};

/** How long a toast stays while nobody points at it. */
export const TOAST_MS = 8_000;

let toast: Toast | null = null;
let count = 0;
const listeners = new Set<() => void>();

/** Shows a toast in place of the one before. */
export function say(words: Omit<Toast, "id">): void {
  count += 1;
  put({ ...words, id: count });
}

export function dismissToast(id?: number): void {
  if (id === undefined || toast?.id === id) put(null);
}

export function useToast(): Toast | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toast,
  );
}

function put(next: Toast | null): void {
  toast = next;
  for (const listener of listeners) listener();
}
