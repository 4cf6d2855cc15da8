// A key cabinet and what is around it: keys, networks, the log's verdict, this window.
import { useEffect, useRef, useState } from "react";
import type { KeyView, Role } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { useAsk } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { Inspector } from "../../components/inspector/Inspector";
import { ErrorNotice } from "../../components/notice/Notice";
import { SkeletonRows } from "../../components/skeleton/Skeleton";
import { Stage } from "../../components/stage/Stage";
import { useCommands } from "../../shell/commands";
import { usePlace } from "../../shell/navigation";
import { ChooseNetwork, NetworkDetails } from "./NetworkDetails";
import { About, Appearance, Log } from "./Others";
import { applyAppearance, readAppearance } from "./appearance";
import { KeyDetails } from "./KeyDetails";
import { KeyTable } from "./Keys";
import { NetworkList } from "./Networks";
import styles from "./settings.module.css";

// The window wears its theme from the first frame: every screen is loaded before one is shown.
applyAppearance(readAppearance(window.localStorage), document.documentElement);

type Picked = { kind: "key"; role: Role } | { kind: "network" } | { kind: "choose" };

export function Settings() {
  const keys = useAsk("keys");
  const networks = useAsk("networks");
  const { at } = usePlace();
  const [picked, setPicked] = useState<Picked>(at === "networks" ? { kind: "network" } : { kind: "key", role: "deployer" });
  const parts = useRef<HTMLDivElement>(null);
  const lock = useAct("key_lock");
  useEffect(() => {
    if (at === "networks") setPicked({ kind: "network" });
    if (at === "keys") setPicked({ kind: "key", role: "deployer" });
    if (typeof at === "string") parts.current?.querySelector(`[data-part="${at}"]`)?.scrollIntoView({ block: "start" });
  }, [at]);

  const open = keys.data?.keys.filter((key) => key.state === "unlocked") ?? [];
  useCommands([
    {
      id: "keys.lock",
      title: open.length === 1 ? `Lock ${open[0]?.name}` : "Lock every key",
      group: "Keys",
      shortcut: "Ctrl+L",
      blocked: open.length === 0 ? "Every key is locked." : null,
      run: () => open.forEach(({ role }) => lock.mutate({ role })),
    },
    { id: "networks.choose", title: "Choose a network", group: "Networks", run: () => setPicked({ kind: "choose" }) },
  ]);

  const error = keys.error?.report ?? networks.error?.report ?? keys.data?.error ?? null;
  const key = picked.kind === "key" ? keys.data?.keys.find((one) => one.role === picked.role) : undefined;
  return (
    <>
      <Stage title="Settings" fact={keys.data === undefined ? undefined : `Keys are kept in ${placeOf(keys.data.vault, keys.data.place)}`}>
        {error !== null && (
          <ErrorNotice report={error} actions={<Button onPress={() => void Promise.all([keys.refetch(), networks.refetch()])}>Try again</Button>} />
        )}
        <div className={styles.fill} ref={parts}>
          <div data-part="keys">
            {keys.data === undefined ? (
              keys.error === null && <SkeletonRows name="the keys" rows={3} />
            ) : (
              <KeyTable keys={keys.data.keys} asked={keys.dataUpdatedAt} selected={key?.role ?? null} onSelect={(role) => setPicked({ kind: "key", role })} />
            )}
          </div>
          <div data-part="networks">
            {networks.data === undefined ? (
              networks.error === null && <SkeletonRows name="the networks" rows={2} />
            ) : (
              <NetworkList
                networks={networks.data}
                selected={picked.kind === "network"}
                onSelect={() => setPicked({ kind: "network" })}
                onChoose={() => setPicked({ kind: "choose" })}
              />
            )}
          </div>
          <Log />
          <Appearance />
          <About networks={networks.data} />
        </div>
      </Stage>
      <Beside picked={picked} view={key} asked={keys.dataUpdatedAt} networks={networks.data} onChoose={() => setPicked({ kind: "choose" })} onClose={() => setPicked({ kind: "network" })} />
    </>
  );
}

function Beside({ picked, view, asked, networks, onChoose, onClose }: {
  picked: Picked;
  view: KeyView | undefined;
  asked: number;
  networks: Parameters<typeof NetworkDetails>[0]["networks"] | undefined;
  onChoose: () => void;
  onClose: () => void;
}) {
  if (view !== undefined) return <KeyDetails view={view} asked={asked} />;
  if (networks === undefined || picked.kind === "key") return <Inspector title="Settings" />;
  return picked.kind === "choose" ? <ChooseNetwork networks={networks} onClose={onClose} /> : <NetworkDetails networks={networks} onChoose={onChoose} />;
}

function placeOf(vault: "keychain" | "encrypted-file", place: string): string {
  return vault === "keychain" ? place.replace(/^The /, "the ") : `an encrypted file, ${place}`;
}
