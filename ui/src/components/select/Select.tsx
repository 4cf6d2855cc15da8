import { ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { Select as AriaSelect, Button, Label, ListBox, ListBoxItem, Popover, SelectValue } from "react-aria-components";
import menu from "../menu/menu.module.css";
import styles from "./select.module.css";

export type Choice<Id extends string> = { id: Id; label: string; note?: ReactNode; picture?: string };

/** One of a list too long for segments. */
export function Select<Id extends string>({ label, bare, options, value, onChange, placeholder = "Choose" }: {
  label: string;
  bare?: boolean;
  options: readonly Choice<Id>[];
  value: Id | null;
  onChange: (id: Id) => void;
  placeholder?: string;
}) {
  return (
    <AriaSelect className={styles.select} aria-label={bare === true ? label : undefined} value={value} onChange={(key) => onChange(key as Id)} placeholder={placeholder}>
      {bare !== true && <Label className={styles.label}>{label}</Label>}
      <Button className={styles.button}>
        <SelectValue className={styles.value}>
          {({ isPlaceholder }) => (isPlaceholder ? placeholder : options.find((option) => option.id === value)?.label)}
        </SelectValue>
        <ChevronsUpDown aria-hidden className="icon-s" />
      </Button>
      <Popover className={menu.menu} offset={4} maxHeight={384}>
        <ListBox className={menu.list} items={options}>
          {({ id, label: words, note, picture }) => (
            <ListBoxItem id={id} textValue={words} className={menu.item}>
              {picture !== undefined && <img src={picture} alt="" className={menu.picture} />}
              <span className="el">{words}</span>
              {note !== undefined && <span className={menu.note}>{note}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
