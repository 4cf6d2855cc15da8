import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import styles from "./chip.module.css";

/** A small thing with a name: a trait (picture), a template variable, a filter that can be dropped. */
export function Chip({ children, picture, kind = "trait", onRemove, removeName }: {
  children: ReactNode;
  picture?: string;
  kind?: "trait" | "variable" | "filter";
  onRemove?: () => void;
  removeName?: string;
}) {
  return (
    <span className={styles.chip} data-kind={kind}>
      {picture !== undefined && <img src={picture} alt="" />}
      {children}
      {onRemove !== undefined && (
        <Button className={styles.remove} aria-label={removeName ?? "Remove"} onPress={onRemove}>
          <X aria-hidden />
        </Button>
      )}
    </span>
  );
}
