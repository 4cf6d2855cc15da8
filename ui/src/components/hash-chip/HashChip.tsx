import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { announce } from "../../shell/announce";
import { Tooltip } from "../tooltip/Tooltip";
import styles from "./hash-chip.module.css";
import { aloud, inFours, shorten } from "./shorten";

/** How long the check stays. */
const COPIED_MS = 1_200;

/** A hash, CID or address: short on screen, whole on hover, copied on press. Set it beside a name, never alone. */
export function HashChip({ name, value }: { name: string; value: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = window.setTimeout(() => setCopied(false), COPIED_MS);
    return () => window.clearTimeout(timer);
  }, [copied]);
  return (
    <Tooltip text={<span className="mono">{inFours(value)}</span>}>
      <Button
        className={styles.hash}
        onPress={() => {
          void navigator.clipboard.writeText(value).then(() => {
            setCopied(true);
            announce("Copied");
          });
        }}
      >
        <span aria-hidden>{shorten(value)}</span>
        <span className="vh">
          {name}, {aloud(value)}, copy
        </span>
        {copied ? <Check aria-hidden className={styles.ok} /> : <Copy aria-hidden />}
      </Button>
    </Tooltip>
  );
}

/** The same for an account: beside what it is called. */
export function AddressChip({ name, value }: { name: string; value: string }) {
  return <HashChip name={name} value={value} />;
}
