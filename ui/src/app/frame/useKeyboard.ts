import { useEffect } from "react";
import { commands } from "../../shell/commands";
import { isMac, isTyping, matches, parseShortcut } from "../../shell/keyboard";
import { openPanels, setPanels } from "../../shell/panels";
import { say } from "../../shell/toasts";

/** Binds every command's shortcut, once, for the whole window. */
export function useKeyboard(): void {
  useEffect(() => {
    const mac = isMac();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || dialogIsOpen()) return;
      const typing = isTyping(event.target);
      if (event.key === "Escape") {
        backOut(event);
        return;
      }
      for (const command of commands()) {
        if (command.shortcut === undefined) continue;
        const shortcut = parseShortcut(command.shortcut);
        if (!matches(shortcut, event, mac)) continue;
        // In a field plain keys are text, and Ctrl Z takes back letters.
        if (typing && ((!shortcut.ctrl && shortcut.key.length === 1) || shortcut.key === "z" || shortcut.key === "a")) return;
        event.preventDefault();
        if (typeof command.blocked === "string") say({ text: `${command.title}: ${command.blocked}.` });
        else command.run();
        return;
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Esc backs out one level: the drawer, then Activity. */
function backOut(event: KeyboardEvent): void {
  const { drawer, activity } = openPanels();
  if (drawer !== null) setPanels({ drawer: null });
  else if (activity) setPanels({ activity: false });
  else return;
  event.preventDefault();
}

function dialogIsOpen(): boolean {
  return document.querySelector("[data-rac][role='dialog'], [role='alertdialog']") !== null;
}
