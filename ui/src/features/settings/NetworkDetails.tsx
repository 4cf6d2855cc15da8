// The inspector of networks: the chosen one, or the form to choose another.
import { useState } from "react";
import type { Networks } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { Button } from "../../components/button/Button";
import { FactRows } from "../../components/fact-rows/FactRows";
import { Field } from "../../components/field/Field";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { Pill } from "../../components/pill/Pill";
import { Segments } from "../../components/segments/Segments";
import { Select } from "../../components/select/Select";
import { KNOWN, readChoice } from "./choice";
import { answers } from "./Networks";
import styles from "./settings.module.css";

export function NetworkDetails({ networks, onChoose }: { networks: Networks; onChoose: () => void }) {
  const { chosen } = networks;
  return (
    <Inspector title="Network" sub={chosen.name}>
      <InspectorSection>
        <Pill network={chosen.kind}>{chosen.name}</Pill>
        <div className={styles.under}>
          <FactRows
            facts={[
              ["Chain id", chosen.chain_id],
              ["Now", answers(chosen)],
              ["Address", chosen.rpc === null ? null : <span key="a" className="mono el" title={chosen.rpc}>{chosen.rpc}</span>],
            ]}
          />
        </div>
      </InspectorSection>
      {chosen.error !== null && (
        <InspectorSection title="Why it does not answer">
          <p className="pretty">{chosen.error.message}</p>
          {chosen.error.hint !== null && <p className={`t2 pretty ${styles.under}`}>{chosen.error.hint}</p>}
          <p className={`mono t3 ${styles.under}`}>{chosen.error.code}</p>
        </InspectorSection>
      )}
      <InspectorSection title="What a change means">
        <p className="t2 pretty">Signatures, rehearsal and launch are for one chain. On another they are made anew; what was launched stays where it is.</p>
        <div className={styles.under}>
          <Button onPress={onChoose}>Choose another</Button>
        </div>
      </InspectorSection>
    </Inspector>
  );
}

export function ChooseNetwork({ networks, onClose }: { networks: Networks; onClose: () => void }) {
  const [kind, setKind] = useState<"practice" | "rpc">("rpc");
  const [known, setKnown] = useState(KNOWN[0]?.id ?? "other");
  const [chain, setChain] = useState("");
  const [rpc, setRpc] = useState("https://");
  const [tried, setTried] = useState(false);
  const choose = useAct("network_choose", { quiet: true, onDone: onClose });
  const named = KNOWN.find((one) => one.id === known);
  const read = readChoice(rpc, known === "other" ? chain : String(named?.chain_id ?? ""));
  const press = () => {
    setTried(true);
    if (kind === "practice") choose.mutate({ rpc: null, chain_id: 31_337 });
    else if (read.choice !== null) choose.mutate(read.choice);
  };
  return (
    <Inspector title="Choose a network">
      <InspectorSection>
        <div className={styles.form}>
          <Segments<"practice" | "rpc">
            label="Kind of network"
            full
            options={[
              { id: "practice", label: "Practice chain" },
              { id: "rpc", label: "An RPC" },
            ]}
            value={kind}
            onChange={setKind}
          />
          {kind === "practice" ? (
            <p className="t2 pretty">{networks.practice_sentence} It runs on this computer; its ether is worth nothing.</p>
          ) : (
            <>
              <Select label="Network" options={KNOWN.map(({ id, label }) => ({ id, label }))} value={known} onChange={setKnown} />
              {known === "other" && <Field label="Chain id" numeric value={chain} onChange={setChain} error={tried ? read.chain : null} help="A chain without a name here is treated as real money." />}
              <Field label="RPC address" mono value={rpc} onChange={setRpc} error={tried ? read.rpc : null} help="It is asked for its chain id before it is chosen." />
            </>
          )}
        </div>
      </InspectorSection>
      {choose.error !== null && (
        <InspectorSection title="It was not chosen">
          <p className="pretty" role="alert">
            {choose.error.report.message}
          </p>
          {choose.error.report.hint !== null && <p className={`t2 pretty ${styles.under}`}>{choose.error.report.hint}</p>}
          <p className={`mono t3 ${styles.under}`}>{choose.error.report.code}</p>
        </InspectorSection>
      )}
      {kind === "rpc" && (
        <InspectorSection title="What it will learn">
          <p className="t2 pretty">This computer’s address and what you read. Never a key: transactions are signed here.</p>
        </InspectorSection>
      )}
      <InspectorSection>
        <div className={styles.stack}>
          <Button variant="primary" isPending={choose.isPending} blocked={kind === "practice" && !networks.practice_available ? networks.practice_sentence : null} onPress={press}>
            {kind === "practice" ? "Use the practice chain" : "Use this network"}
          </Button>
          <Button onPress={onClose}>Not now</Button>
        </div>
      </InspectorSection>
    </Inspector>
  );
}
