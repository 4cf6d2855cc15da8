import type { LucideIcon } from "lucide-react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { showShortcut } from "../../shell/keyboard";
import { Tooltip } from "../tooltip/Tooltip";
import styles from "./icon-button.module.css";

export type IconButtonProps = Omit<AriaButtonProps, "children" | "className" | "style" | "isDisabled"> & {
  icon: LucideIcon;
  /** What it does: its accessible name and its tooltip. */
  name: string;
  shortcut?: string;
  size?: "m" | "s";
  /** On, for buttons that stay pressed. */
  on?: boolean;
  blocked?: string | null;
};

/** A sign whose word is on hover and in the reader. */
export function IconButton({ icon: Icon, name, shortcut, size = "m", on, blocked, onPress, ...rest }: IconButtonProps) {
  const isBlocked = typeof blocked === "string";
  const words = isBlocked ? blocked : shortcut === undefined ? name : `${name}  ${showShortcut(shortcut)}`;
  return (
    <Tooltip text={words}>
      <AriaButton
        {...rest}
        aria-label={name}
        aria-pressed={on}
        aria-disabled={isBlocked || undefined}
        onPress={isBlocked ? undefined : onPress}
        className={styles.iconButton}
        data-size={size}
        data-on={on || undefined}
      >
        <Icon aria-hidden />
      </AriaButton>
    </Tooltip>
  );
}
