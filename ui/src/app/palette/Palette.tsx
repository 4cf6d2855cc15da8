import { Search } from "lucide-react";
import { useState } from "react";
import { Autocomplete, Dialog, Header, Input, Menu, MenuItem, MenuSection, Modal, ModalOverlay, TextField } from "react-aria-components";
import { useAsk } from "../../api/queries";
import { useCommandList } from "../../shell/commands";
import { showShortcut } from "../../shell/keyboard";
import { usePlace } from "../../shell/navigation";
import { type Found, find } from "./find";
import { openCheatSheet, showOverlay, useOverlay } from "./open";
import styles from "./palette.module.css";

/** Ctrl K: everything is one word away. */
export function Palette() {
  const open = useOverlay() === "palette";
  return (
    <ModalOverlay className={styles.scrim} isOpen={open} onOpenChange={(next) => showOverlay(next ? "palette" : null)} isDismissable>
      <Modal className={styles.modal}>
        <Dialog className={styles.palette} aria-label="Commands">
          <Inside />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Inside() {
  const [text, setText] = useState("");
  const list = useCommandList();
  const atHome = usePlace().screen === "home";
  const table = useAsk("tokens", {}, { when: !atHome && (text.startsWith("#") || text.startsWith(":")) });
  const found = find(text, list, table.data);
  const groups = [...new Set(found.map(({ command }) => command.group))];
  const run = (id: string) => {
    const chosen = found.find(({ command }) => command.id === id)?.command;
    if (chosen === undefined || typeof chosen.blocked === "string") return;
    showOverlay(null);
    // After the dialog has given focus back, so that what runs may take it.
    window.setTimeout(chosen.run, 0);
  };
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <TextField aria-label="Search or run a command" className={styles.query} autoFocus>
        <Search aria-hidden />
        <Input placeholder="Search or run a command" className={styles.input} spellCheck={false} />
        <span className="t3 s12" aria-live="polite">
          {found.length} of {list.filter((command) => command.hidden !== true).length}
        </span>
      </TextField>
      {/* The list has no tab stop of its own (the field keeps it), so what scrolls must have one. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.scroll} tabIndex={0}>
        <Menu aria-label="Commands" className={styles.list} onAction={(key) => run(String(key))} renderEmptyState={() => <Nothing text={text} />}>
          {groups.map((group) => (
            <MenuSection key={group} id={`group.${group}`}>
              <Header className={styles.group}>{group}</Header>
              {found.filter(({ command }) => command.group === group).map((one) => (
                <Line key={one.command.id} found={one} />
              ))}
            </MenuSection>
          ))}
        </Menu>
      </div>
      <div className={styles.foot}>
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>↵</kbd> run
        </span>
        {!atHome && (
          <>
            <span>
              <kbd>#</kbd> token
            </span>
            <span>
              <kbd>:</kbd> trait
            </span>
          </>
        )}
        <button type="button" className={styles.all} onClick={openCheatSheet}>
          <kbd>?</kbd> all shortcuts
        </button>
      </div>
    </Autocomplete>
  );
}

function Line({ found: { command, match } }: { found: Found }) {
  const Icon = command.icon;
  const [from, to] = match ?? [0, 0];
  return (
    <MenuItem id={command.id} textValue={command.title} className={styles.item} data-blocked={typeof command.blocked === "string" || undefined}>
      <span className={styles.icon}>{Icon !== undefined && <Icon aria-hidden />}</span>
      <span className="nw">
        {command.title.slice(0, from)}
        <b>{command.title.slice(from, to)}</b>
        {command.title.slice(to)}
      </span>
      <span className={styles.note}>{command.blocked ?? command.note}</span>
      {command.shortcut !== undefined && <kbd>{showShortcut(command.shortcut)}</kbd>}
    </MenuItem>
  );
}

function Nothing({ text }: { text: string }) {
  return <p className={styles.nothing}>{text.startsWith("#") ? "No token has this number." : text.startsWith(":") ? "No trait has these letters." : "No command has these letters."}</p>;
}
