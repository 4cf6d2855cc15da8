import { describe, expect, test } from "vitest";
import { type Press, matches, parseShortcut, showShortcut } from "./keyboard";

const press = (key: string, held: Partial<Press> = {}): Press => ({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });

describe("a shortcut", () => {
  test.each([
    ["Ctrl+K", press("k", { ctrlKey: true }), false, true, "the plain case"],
    ["Ctrl+K", press("k", { metaKey: true }), true, true, "Ctrl is ⌘ on macOS"],
    ["Ctrl+K", press("k", { ctrlKey: true }), true, false, "Ctrl K on macOS kills a line, it is not ours"],
    ["Ctrl+Z", press("Z", { ctrlKey: true, shiftKey: true }), false, false, "redo is not undo"],
    ["Ctrl+Shift+Z", press("Z", { ctrlKey: true, shiftKey: true }), false, true, "redo"],
    ["?", press("?", { shiftKey: true }), false, true, "? needs Shift on most keyboards"],
    ["?", press("?", { ctrlKey: true, shiftKey: true }), false, false, "Ctrl ? is something else"],
    ["Ctrl+1", press("1", { ctrlKey: true }), false, true, "steps"],
    ["Ctrl+1", press("1"), false, false, "a digit alone is text"],
    ["Ctrl+Enter", press("Enter", { ctrlKey: true }), false, true, "the primary action"],
  ])("%s", (text, given, mac, expected, why) => {
    expect(matches(parseShortcut(text), given, mac), why).toBe(expected);
  });

  test("is shown as the system writes it", () => {
    expect(showShortcut("Ctrl+Shift+Z", false)).toBe("Ctrl Shift Z");
    expect(showShortcut("Ctrl+Shift+Z", true)).toBe("⇧⌘Z");
    expect(showShortcut("Ctrl+Enter", false)).toBe("Ctrl ↵");
    expect(showShortcut("F6", false)).toBe("F6");
  });
});
