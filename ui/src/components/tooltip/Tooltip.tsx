import type { ReactElement, ReactNode } from "react";
import { Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components";
import styles from "./tooltip.module.css";

/** Words on hover and focus. `children` is one control of this kit. */
export function Tooltip({ text, children, placement = "bottom" }: { text: ReactNode; children: ReactElement; placement?: "top" | "bottom" | "right" }) {
  if (text === undefined || text === null || text === "") return children;
  return (
    <TooltipTrigger delay={600} closeDelay={80}>
      {children}
      <AriaTooltip className={styles.tooltip} offset={6} placement={placement}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
