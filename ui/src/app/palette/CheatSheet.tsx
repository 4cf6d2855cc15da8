import { Button } from "../../components/button/Button";
import { Dialog } from "../../components/dialog/Dialog";
import { useCommandList } from "../../shell/commands";
import { showShortcut } from "../../shell/keyboard";
import { showOverlay, useOverlay } from "./open";
import styles from "./palette.module.css";

/** "?": every key that acts here and now, made from the command list itself. */
export function CheatSheet() {
  const open = useOverlay() === "shortcuts";
  const list = useCommandList().filter((command) => command.shortcut !== undefined);
  const groups = [...new Set(list.map((command) => command.group))];
  return (
    <Dialog title="Shortcuts" isOpen={open} onClose={() => showOverlay(null)} acts={<Button onPress={() => showOverlay(null)}>Close</Button>}>
      <div className={styles.sheet}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            {list.filter((command) => command.group === group).map((command) => (
              <div key={command.id}>
                <span className="el">{command.title}</span>
                <kbd>{showShortcut(command.shortcut ?? "")}</kbd>
              </div>
            ))}
          </section>
        ))}
      </div>
    </Dialog>
  );
}
