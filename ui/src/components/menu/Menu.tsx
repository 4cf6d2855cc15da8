import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from "react-aria-components";
import { showShortcut } from "../../shell/keyboard";
import styles from "./menu.module.css";

/** Taller menus scroll: a list that covers the titlebar hides where one is. */
const MOST = 384;

export type MenuEntry = "-" | { id: string; label: ReactNode; text: string; icon?: LucideIcon; shortcut?: string; note?: ReactNode; disabled?: boolean; run: () => void };

/** A list of acts behind a button. `children` is that button. */
export function Menu({ label, entries, children, wide }: { label: string; entries: readonly MenuEntry[]; children: ReactElement; wide?: boolean }) {
  return (
    <MenuTrigger>
      {children}
      <Popover className={styles.menu} data-wide={wide || undefined} offset={4} placement="bottom start" maxHeight={MOST}>
        <AriaMenu aria-label={label} className={styles.list}>
          {entries.map((entry, index) =>
            entry === "-" ? (
              // A separator has no identity but its place.
              // oxlint-disable-next-line react/no-array-index-key
              <Separator key={`separator-${index}`} className={styles.separator} />
            ) : (
              <MenuItem key={entry.id} id={entry.id} textValue={entry.text} className={styles.item} isDisabled={entry.disabled} onAction={entry.run}>
                {entry.icon !== undefined && <entry.icon aria-hidden />}
                <span className="el">{entry.label}</span>
                {entry.note !== undefined && <span className={styles.note}>{entry.note}</span>}
                {entry.shortcut !== undefined && <kbd>{showShortcut(entry.shortcut)}</kbd>}
              </MenuItem>
            ),
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
