import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { showShortcut } from "../../shell/keyboard";
import { Tooltip } from "../tooltip/Tooltip";
import styles from "./button.module.css";

export type ButtonProps = Omit<AriaButtonProps, "children" | "className" | "style" | "isDisabled"> & {
  /** One primary on a screen; dangerous only inside a dialog; quiet in toolbars and toasts. */
  variant?: "default" | "primary" | "quiet" | "dangerous";
  /** 28, 24 in rows, 32 in dialogs. */
  size?: "m" | "s" | "l";
  icon?: LucideIcon;
  /** Shown at the right; the command list binds it. */
  shortcut?: string;
  /** Why it cannot be pressed now. The button stays focusable and says so. */
  blocked?: string | null;
  children: ReactNode;
};

/** A verb with its amount: "Render 16". */
export function Button({ variant = "default", size = "m", icon: Icon, shortcut, blocked, children, onPress, ...rest }: ButtonProps) {
  const isBlocked = typeof blocked === "string";
  const button = (
    <AriaButton
      {...rest}
      type={isBlocked ? "button" : rest.type}
      aria-disabled={isBlocked || undefined}
      onPress={isBlocked ? undefined : onPress}
      className={styles.button}
      data-variant={variant}
      data-size={size}
    >
      {Icon !== undefined && <Icon aria-hidden />}
      <span className={styles.label}>{children}</span>
      {shortcut !== undefined && <kbd aria-hidden>{showShortcut(shortcut)}</kbd>}
    </AriaButton>
  );
  return isBlocked ? <Tooltip text={blocked}>{button}</Tooltip> : button;
}
