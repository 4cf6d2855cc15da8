// The keys by what they are for. Which is open, and for how long, is said first.
import { KeyRound, Lock, LockOpen, Minus, RadioTower, Signature } from "lucide-react";
import type { KeyView, Role } from "../../api/bindings";
import { HashChip } from "../../components/hash-chip/HashChip";
import { eth } from "../../components/money-line/money";
import { Section } from "../../components/section/Section";
import { DataTable } from "../../components/table/DataTable";
import { lasting } from "../../shell/words";
import { useLeft } from "./useLeft";
import styles from "./settings.module.css";

/** A sign for each role. */
export const ROLE_ICON = { deployer: KeyRound, "voucher-signer": Signature, relayer: RadioTower } as const;

/** How a key stands, in words. */
export function standing(key: Pick<KeyView, "state">, left: number | null): string {
  switch (key.state) {
    case "absent":
      return "not made yet";
    case "locked":
      return "locked";
    case "unlocked":
      return left === null ? "open" : `open, ${lasting(left)}`;
    case "missing":
      return "gone from the keychain";
  }
}

const STATE_ICON = { absent: Minus, locked: Lock, unlocked: LockOpen, missing: Minus } as const;

export function KeyTable({ keys, asked, selected, onSelect }: { keys: readonly KeyView[]; asked: number; selected: Role | null; onSelect: (role: Role) => void }) {
  return (
    <Section title="Keys" note="a key is opened for a while, and locks itself">
      <DataTable
        label="Keys by role"
        size="tall"
        columns={[
          {
            id: "icon",
            title: "Role",
            kind: "glyph",
            width: "2.5rem",
            cell: (key) => {
              const Icon = ROLE_ICON[key.role];
              return <Icon aria-hidden className="t2" />;
            },
          },
          {
            id: "role",
            title: "Role",
            cell: (key) => (
              <>
                <span className="m">{key.name}</span>
                <span className={styles.second}>{key.sentence}</span>
              </>
            ),
          },
          { id: "account", title: "Account", cell: (key) => (key.address === null ? <span className="t3">none yet</span> : <HashChip name={key.name} value={key.address} />) },
          { id: "balance", title: "Balance, ETH", kind: "figure", optional: 2, cell: (key) => <Balance amount={key.balance} /> },
          { id: "state", title: "Now", cell: (key) => <Standing view={key} asked={asked} /> },
        ]}
        rows={keys}
        rowId={(key) => key.role}
        rowText={(key) => `${key.name}, ${standing(key, key.locks_in)}`}
        selected={selected}
        onSelect={(role) => onSelect(role as Role)}
      />
    </Section>
  );
}

function Balance({ amount }: { amount: string | null }) {
  return amount === null ? <span className="t3">not asked</span> : <>{eth(BigInt(amount))}</>;
}

function Standing({ view, asked }: { view: KeyView; asked: number }) {
  const left = useLeft(view.locks_in, asked);
  const Icon = STATE_ICON[view.state];
  return (
    <span className={styles.state}>
      <Icon aria-hidden className="icon-s" />
      <span className={view.state === "missing" ? "danger" : undefined}>{standing(view, left)}</span>
    </span>
  );
}
