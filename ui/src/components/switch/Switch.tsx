import type { ReactNode } from "react";
import { Switch as AriaSwitch } from "react-aria-components";
import styles from "./switch.module.css";

/** Acts at once; what waits for a button is a checkbox. */
export function Switch({ children, value, onChange }: { children: ReactNode; value: boolean; onChange: (on: boolean) => void }) {
  return (
    <AriaSwitch isSelected={value} onChange={onChange} className={styles.switch}>
      <span className={styles.track} aria-hidden />
      {children}
    </AriaSwitch>
  );
}
