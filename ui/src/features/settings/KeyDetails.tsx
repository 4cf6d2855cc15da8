// One key: its account in fours, what it holds, and the one act its state allows.
import { Copy, KeyRound, Lock, LockOpen } from "lucide-react";
import type { KeyView } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { Button } from "../../components/button/Button";
import { FactRows } from "../../components/fact-rows/FactRows";
import { inFours } from "../../components/hash-chip/shorten";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { eth } from "../../components/money-line/money";
import { announce } from "../../shell/announce";
import { lasting } from "../../shell/words";
import { standing } from "./Keys";
import { useLeft } from "./useLeft";
import styles from "./settings.module.css";

export function KeyDetails({ view, asked }: { view: KeyView; asked: number }) {
  const left = useLeft(view.locks_in, asked);
  const create = useAct("key_create", { quiet: true });
  const unlock = useAct("key_unlock", { quiet: true });
  const lock = useAct("key_lock", { quiet: true });
  const { role, address } = view;
  const error = [create, unlock, lock].find((act) => act.variables?.role === role && act.error !== null)?.error?.report ?? null;
  return (
    <Inspector title={view.name} sub={view.state === "unlocked" ? "open" : view.state === "locked" ? "locked" : "no key"}>
      {address !== null && (
        <InspectorSection title="Account">
          <p className={styles.address}>{inFours(address)}</p>
          <div className={styles.under}>
            <Button size="s" icon={Copy} onPress={() => void navigator.clipboard.writeText(address).then(() => announce("Copied"))}>
              Copy
            </Button>
          </div>
        </InspectorSection>
      )}
      <InspectorSection>
        <FactRows
          facts={[
            ["Now", view.state === "unlocked" && left !== null ? `open, locks itself in ${lasting(left)}` : standing(view, left)],
            ["Balance", view.balance === null ? null : `${eth(BigInt(view.balance), 6)} ETH`],
          ]}
        />
        <p className={`t2 pretty ${styles.under}`}>{view.sentence}</p>
      </InspectorSection>
      {view.state === "missing" && (
        <InspectorSection title="What is safe">
          <p className="t2 pretty">The keychain no longer has this key. What it signed stays valid. Bring it back in the keychain; Atelier never makes another in its place unasked.</p>
        </InspectorSection>
      )}
      {error !== null && (
        <InspectorSection title="It did not go through">
          <p className="pretty" role="alert">
            {error.message}
          </p>
          {error.hint !== null && <p className={`t2 pretty ${styles.under}`}>{error.hint}</p>}
          <p className={`mono t3 ${styles.under}`}>{error.code}</p>
        </InspectorSection>
      )}
      <InspectorSection>
        <div className={styles.stack}>
          {view.state === "absent" && (
            <Button variant="primary" icon={KeyRound} isPending={create.isPending} onPress={() => create.mutate({ role })}>
              {`Make the ${view.name} key`}
            </Button>
          )}
          {view.state === "locked" && (
            <Button icon={LockOpen} isPending={unlock.isPending} onPress={() => unlock.mutate({ role })}>
              Unlock
            </Button>
          )}
          {view.state === "unlocked" && (
            <Button icon={Lock} shortcut="Ctrl+L" isPending={lock.isPending} onPress={() => lock.mutate({ role })}>
              Lock now
            </Button>
          )}
        </div>
      </InspectorSection>
      <InspectorSection title="What never happens">
        <p className="t2 pretty">No screen and no command shows the key itself. It is used inside the core, for one act at a time.</p>
      </InspectorSection>
    </Inspector>
  );
}
