import type { LucideIcon } from "lucide-react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { Tooltip } from "../tooltip/Tooltip";
import styles from "./segments.module.css";

export type Segment<Id extends string> = { id: Id; label: string; icon?: LucideIcon; shortcut?: string };

/** Two to four choices, one of them on. With an icon the label is its name and tooltip. */
export function Segments<Id extends string>({ label, options, value, onChange, full }: {
  label: string;
  options: readonly Segment<Id>[];
  value: Id;
  onChange: (id: Id) => void;
  full?: boolean;
}) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        for (const key of keys) onChange(key as Id);
      }}
      className={styles.segments}
      data-full={full || undefined}
    >
      {options.map(({ id, label: words, icon: Icon, shortcut }) => (
        <Tooltip key={id} text={Icon === undefined ? null : shortcut === undefined ? words : `${words}  ${shortcut}`}>
          <ToggleButton id={id} className={styles.segment} aria-label={Icon === undefined ? undefined : words}>
            {Icon === undefined ? words : <Icon aria-hidden className="icon-s" />}
          </ToggleButton>
        </Tooltip>
      ))}
    </ToggleButtonGroup>
  );
}
