// What is open beside the stage: Activity, and on a narrow window one drawer at a time.
import { useSyncExternalStore } from "react";

export type Panels = { readonly activity: boolean; readonly drawer: "details" | "filters" | null; readonly inspector: boolean };

let panels: Panels = { activity: false, drawer: null, inspector: true };
const listeners = new Set<() => void>();

export function setPanels(change: Partial<Panels>): void {
  panels = { ...panels, ...change };
  for (const listener of listeners) listener();
}

export function openPanels(): Panels {
  return panels;
}

export function usePanels(): Panels {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, openPanels);
}
