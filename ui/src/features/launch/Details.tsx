// The inspector of Launch: a step with its way, money and tokens; or the plan.
import type { Launch, StepView } from "../../api/bindings";
import { useAsk } from "../../api/queries";
import { FactRows } from "../../components/fact-rows/FactRows";
import { HashChip } from "../../components/hash-chip/HashChip";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { exactEth } from "../../components/money-line/money";
import { Picture, thumbPath } from "../../components/picture/Picture";
import { Pill } from "../../components/pill/Pill";
import { type Glyph, StateGlyph } from "../../components/state-glyph/StateGlyph";
import { span } from "../../components/timeline/fold";
import { batchOf } from "../../components/timeline/plan";
import { clockSeconds } from "../../shell/moments";
import { count } from "../../shell/words";
import { type Station, stationsOf } from "./standing";
import styles from "./launch.module.css";

/** Pictures shown of a batch; more are a number. */
const SHOWN = 20;

const SHAPE: Record<Station["state"], Glyph> = { done: "done", now: "running", next: "scheduled", failed: "failed" };

export function StepDetails({ step }: { step: StepView }) {
  const batch = batchOf(step.id);
  const ids = step.first_token === null || step.last_token === null ? [] : Array.from({ length: step.last_token - step.first_token + 1 }, (_, i) => (step.first_token ?? 0) + i);
  const first = ids[0];
  const last = ids.at(-1);
  return (
    <Inspector title={batch === null ? "Transaction" : `Batch ${batch}`} sub={first === undefined || last === undefined ? undefined : `#${span(first, last)}`}>
      {ids.length > 0 && (
        <InspectorSection art>
          <Tokens ids={ids} />
        </InspectorSection>
      )}
      {batch === null && (
        <InspectorSection>
          <p className="pretty">{step.sentence}.</p>
        </InspectorSection>
      )}
      <InspectorSection>
        <ol className={styles.stations} aria-label="What happened">
          {stationsOf(step).map((station, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- a history only grows
            <li key={i} data-state={station.state}>
              <StateGlyph state={SHAPE[station.state]} label={station.state === "next" ? "to come" : station.state} />
              <span>{station.word}</span>
              <span>{station.at === null ? "" : clockSeconds(station.at)}</span>
            </li>
          ))}
        </ol>
      </InspectorSection>
      {step.error !== null && (
        <InspectorSection title="What went wrong">
          <p className="pretty">{step.error.message}</p>
          <p className={`mono t3 ${styles.under}`}>{step.error.code}</p>
        </InspectorSection>
      )}
      {(step.nonce !== null || step.transaction !== null) && (
        <InspectorSection>
          <FactRows
            facts={[
              ["Pays", step.paid === null ? <span className="t3">known once it is in a block</span> : `${exactEth(gwei(step.paid), 4)} ETH`],
              ["At most", step.at_most === null ? null : `${exactEth(gwei(step.at_most), 4)} ETH`],
              ["Gas", step.gas === null ? null : BigInt(step.gas).toLocaleString("en")],
              ["Block", step.block === null ? null : BigInt(step.block).toLocaleString("en")],
              ["Nonce", step.nonce],
              ["Transaction", step.transaction === null ? null : <HashChip key="t" name="Transaction" value={step.transaction} />],
            ]}
          />
        </InspectorSection>
      )}
      {batch !== null && (
        <InspectorSection title="Why it cannot mint twice">
          <p className="t2 pretty">Each batch has a number the contract accepts once. A second try would fail and pay only for the failing.</p>
        </InspectorSection>
      )}
    </Inspector>
  );
}

/** The tokens of a batch as pictures. */
function Tokens({ ids }: { ids: readonly number[] }) {
  const table = useAsk("tokens").data;
  const more = ids.length - SHOWN;
  return (
    <>
      <div className={styles.tokens}>
        {ids.slice(0, SHOWN).map((id) => (
          <Picture key={id} path={table === undefined ? null : thumbPath(id, table.version[id - 1] ?? "")} alt={`#${id}`} />
        ))}
      </div>
      {more > 0 && <p className={`t2 s12 ${styles.under}`}>and {count(more)} more</p>}
    </>
  );
}

export function PlanDetails({ view }: { view: Launch }) {
  return (
    <Inspector title="Plan" sub={view.plan_hash === null ? "not made yet" : undefined}>
      <InspectorSection>
        <Pill network={view.network.kind}>{view.network.name}</Pill>
        <div className={styles.under}>
          <FactRows
            facts={[
              ["Chain id", view.network.chain_id],
              ["Newest block", view.network.block === null ? (view.network.up ? null : view.network.kind === "practice" ? "not running" : "not known") : BigInt(view.network.block).toLocaleString("en")],
              ["Tokens in batches", count(view.planned)],
              ["Transactions", count(view.steps.length)],
            ]}
          />
        </div>
      </InspectorSection>
      <InspectorSection title="Who and where">
        <FactRows
          facts={[
            ["Deployer", view.deployer === null ? "no key yet" : <HashChip key="d" name="Deployer" value={view.deployer} />],
            ["Drop", view.drop === null ? null : <HashChip key="a" name="Drop" value={view.drop} />],
            ["Plan", view.plan_hash === null ? null : <HashChip key="p" name="Plan" value={view.plan_hash} />],
            ["Rehearsal", view.rehearsal_hash === null ? "none yet" : <HashChip key="r" name="Rehearsal" value={view.rehearsal_hash} />],
          ]}
        />
        {view.drop !== null && <p className={`t2 pretty ${styles.under}`}>The drop’s address is known before it exists: it follows from its configuration.</p>}
      </InspectorSection>
      <InspectorSection title="What is safe">
        <ul className={styles.list}>
          {SAFE.map((line) => (
            <li key={line}>
              <StateGlyph state="done" label="" />
              <span>{line}</span>
            </li>
          ))}
        </ul>
      </InspectorSection>
    </Inspector>
  );
}

const SAFE = [
  "Every transaction is on disk, signed, with its nonce, before it is sent.",
  "Closing the window only pauses it; opening compares with the chain first.",
  "No batch can be minted twice.",
];

/** Wei of a decimal string, up to whole gwei: the rest is dust. */
function gwei(wei: string): bigint {
  const unit = 10n ** 9n;
  return ((BigInt(wei) + unit / 2n) / unit) * unit;
}
