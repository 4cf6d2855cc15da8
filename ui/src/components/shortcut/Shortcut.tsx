import { showShortcut } from "../../shell/keyboard";

/** A key as this system writes it: "Ctrl K", "⌘K". */
export function Shortcut({ keys }: { keys: string }) {
  return <kbd aria-hidden>{showShortcut(keys)}</kbd>;
}
