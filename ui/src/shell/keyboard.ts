// Shortcuts as data: written "Ctrl+Shift+Z" once, matched and shown per system.

/** A parsed shortcut. `ctrl` is ⌘ on macOS. */
export type Shortcut = { readonly key: string; readonly ctrl: boolean; readonly shift: boolean; readonly alt: boolean };

/** What of a keyboard event decides. */
export type Press = { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean; readonly shiftKey: boolean; readonly altKey: boolean };

export function isMac(agent: string = navigator.userAgent): boolean {
  return /Mac|iPhone|iPad/.test(agent);
}

export function parseShortcut(text: string): Shortcut {
  const parts = text.split("+");
  const key = parts.pop() ?? "";
  return { key: key.toLowerCase(), ctrl: parts.includes("Ctrl"), shift: parts.includes("Shift"), alt: parts.includes("Alt") };
}

/** True where the press is the shortcut. Signs such as "?" need Shift on some keyboards, so Shift is free for them. */
export function matches(shortcut: Shortcut, press: Press, mac: boolean): boolean {
  const ctrl = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  const sign = /^[^a-z0-9]$/.test(shortcut.key);
  return (
    press.key.toLowerCase() === shortcut.key &&
    ctrl === shortcut.ctrl &&
    !other &&
    press.altKey === shortcut.alt &&
    (sign || press.shiftKey === shortcut.shift)
  );
}

const SIGNS: Record<string, string> = { enter: "↵", arrowup: "↑", arrowdown: "↓", arrowleft: "←", arrowright: "→", escape: "Esc", " ": "Space" };

/** "Ctrl Shift Z", or "⇧⌘Z" on macOS. */
export function showShortcut(text: string, mac: boolean = isMac()): string {
  const { key, ctrl, shift, alt } = parseShortcut(text);
  const name = SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key.charAt(0).toUpperCase() + key.slice(1));
  if (mac) return `${alt ? "⌥" : ""}${shift ? "⇧" : ""}${ctrl ? "⌘" : ""}${name}`;
  return [ctrl && "Ctrl", alt && "Alt", shift && "Shift", name].filter(Boolean).join(" ");
}

/** True where typing goes into a field, so that plain keys are letters and Ctrl Z is the field's own. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "range", "button"].includes(target.type);
}
