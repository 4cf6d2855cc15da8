import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { Checkbox as AriaCheckbox } from "react-aria-components";
import styles from "./checkbox.module.css";

/** Off, on, some. Waits for a button, or filters. */
export function Checkbox({ children, value, some, onChange, label }: {
  children?: ReactNode;
  value: boolean;
  some?: boolean;
  onChange: (on: boolean) => void;
  /** The accessible name, where it says more than `children`. */
  label?: string;
}) {
  return (
    <AriaCheckbox isSelected={value} isIndeterminate={some} onChange={onChange} aria-label={label} className={styles.checkbox}>
      <span className={styles.box} aria-hidden>
        {some === true ? <Minus /> : value ? <Check /> : null}
      </span>
      {children}
    </AriaCheckbox>
  );
}
