// Where transactions go: the practice chain on this computer, or somebody's RPC.
import { Network, Play, Square } from "lucide-react";
import type { Networks, NetworkView } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { Button } from "../../components/button/Button";
import { Pill } from "../../components/pill/Pill";
import { Section } from "../../components/section/Section";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { DataTable } from "../../components/table/DataTable";
import styles from "./settings.module.css";

/** How a network answers, in words. */
export function answers(network: NetworkView): string {
  if (network.error !== null) return "does not answer";
  if (!network.up) return network.kind === "practice" ? "not running" : "not asked yet";
  return network.block === null ? "answers" : `block ${BigInt(network.block).toLocaleString("en")}`;
}

export function NetworkList({ networks, selected, onSelect, onChoose }: { networks: Networks; selected: boolean; onSelect: () => void; onChoose: () => void }) {
  const { chosen } = networks;
  const start = useAct("practice_start");
  const stop = useAct("practice_stop");
  const ours = chosen.kind === "practice";
  return (
    <Section
      title="Network"
      note={ours ? "a practice chain: no value at stake" : chosen.kind === "testnet" ? "a testnet: no value at stake" : "real money"}
      end={
        <>
          {ours && !chosen.up && (
            <Button size="s" icon={Play} isPending={start.isPending} blocked={networks.practice_available ? null : networks.practice_sentence} onPress={() => start.mutate({})}>
              Start
            </Button>
          )}
          {ours && chosen.up && (
            <Button size="s" icon={Square} isPending={stop.isPending} onPress={() => stop.mutate({})}>
              Stop
            </Button>
          )}
          <Button size="s" icon={Network} onPress={onChoose}>
            Choose another
          </Button>
        </>
      }
    >
      <DataTable
        label="Chosen network"
        columns={[
          { id: "name", title: "Network", width: "12rem", cell: (network) => <Pill network={network.kind}>{network.name}</Pill> },
          { id: "chain", title: "Chain", cell: (network) => `Chain ${network.chain_id}` },
          { id: "rpc", title: "Address", cell: (network) => (network.rpc === null ? <span className="t2">on this computer, once it runs</span> : <span className="mono t2">{network.rpc}</span>) },
          {
            id: "state",
            title: "Now",
            cell: (network) => (
              <span className={styles.state}>
                <StateGlyph state={network.error !== null ? "failed" : network.up ? "done" : "empty"} label="" />
                {answers(network)}
              </span>
            ),
          },
        ]}
        rows={[chosen]}
        rowId={() => "chosen"}
        rowText={(network) => `${network.name}, ${answers(network)}`}
        selected={selected ? "chosen" : null}
        onSelect={onSelect}
      />
      <p className={styles.found}>
        <StateGlyph state={networks.practice_available ? "done" : "attention"} label="" />
        <span>{networks.practice_sentence}</span>
      </p>
      <p className={styles.found}>
        <StateGlyph state={networks.market_available ? "done" : "empty"} label="" />
        <span>{networks.market_available ? "The practice market was found: a practice sale can run." : "The practice market was not found; sales on the practice chain cannot be tried."}</span>
      </p>
    </Section>
  );
}
