// Whether the palette or the sheet of shortcuts is open. Both can be asked for from anywhere.
import { useSyncExternalStore } from "react";

export type Overlay = "palette" | "shortcuts" | null;

let open: Overlay = null;
const listeners = new Set<() => void>();

export function showOverlay(next: Overlay): void {
  open = next;
  for (const listener of listeners) listener();
}

export function openPalette(): void {
  showOverlay("palette");
}

export function openCheatSheet(): void {
  showOverlay("shortcuts");
}

export function useOverlay(): Overlay {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
