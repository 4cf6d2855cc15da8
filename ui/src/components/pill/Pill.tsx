import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import type { NetworkKind } from "../../api/bindings";
import { Tooltip } from "../tooltip/Tooltip";
import styles from "./pill.module.css";

/** A network or a key in the titlebar. Practice is dashed, testnet outlined, mainnet solid ink. */
export function Pill({ network, icon, children, tip, onPress, name }: {
  network?: NetworkKind;
  icon?: ReactNode;
  children: ReactNode;
  tip?: string;
  name?: string;
  onPress?: () => void;
}) {
  const inside = (
    <>
      {network !== undefined && <NetworkDot kind={network} />}
      {icon}
      {children}
    </>
  );
  if (onPress === undefined) return <span className={styles.pill} data-net={network}>{inside}</span>;
  return (
    <Tooltip text={tip}>
      <Button className={styles.pill} data-net={network} onPress={onPress} aria-label={name}>
        {inside}
      </Button>
    </Tooltip>
  );
}

/** The same three marks, small: dashed ring, ring, dot. */
export function NetworkDot({ kind }: { kind: NetworkKind }) {
  return (
    <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden>
      {kind === "mainnet" ? (
        <circle cx="4" cy="4" r="4" fill="currentColor" />
      ) : (
        <circle cx="4" cy="4" r="3.1" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray={kind === "practice" ? "1.6 1.6" : undefined} />
      )}
    </svg>
  );
}
