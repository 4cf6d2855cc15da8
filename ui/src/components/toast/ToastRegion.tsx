import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { TOAST_MS, dismissToast, useToast } from "../../shell/toasts";
import { Button } from "../button/Button";
import { IconButton } from "../icon-button/IconButton";
import styles from "./toast.module.css";

/** Where toasts appear: names the act, what did not change, and Undo. Hover and focus stop its clock. */
export function ToastRegion() {
  const toast = useToast();
  const [held, setHeld] = useState(false);
  const id = toast?.id;
  useEffect(() => {
    if (id === undefined || held) return undefined;
    const timer = window.setTimeout(() => dismissToast(id), TOAST_MS);
    return () => window.clearTimeout(timer);
  }, [id, held]);
  return (
    <div
      className={styles.region}
      role="status"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast !== null && (
        <div key={toast.id} className={styles.toast} data-bad={toast.bad || undefined}>
          <span className={styles.words}>
            {toast.text} {toast.code !== undefined && <span className="mono t2">{toast.code}</span>}
          </span>
          {toast.action !== undefined && (
            <Button
              variant="quiet"
              size="s"
              shortcut={toast.action.shortcut}
              onPress={() => {
                dismissToast(toast.id);
                toast.action?.run();
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton size="s" icon={X} name="Dismiss" onPress={() => dismissToast(toast.id)} />
        </div>
      )}
    </div>
  );
}
