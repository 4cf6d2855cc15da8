// The inspector of Rehearsal: a step as it ran, the report, and where the next run happens.
import type { RehearsalReport, RehearsedStep } from "../../api/bindings";
import { Button } from "../../components/button/Button";
import { FactRows } from "../../components/fact-rows/FactRows";
import { Field } from "../../components/field/Field";
import { HashChip } from "../../components/hash-chip/HashChip";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { exactEth, gwei } from "../../components/money-line/money";
import { Segments } from "../../components/segments/Segments";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { shortOf } from "../../components/timeline/plan";
import { clock, counted, day } from "../../shell/words";
import styles from "./rehearsal.module.css";

/** Where a rehearsal runs. */
export type Ground = { kind: "clean" | "fork"; rpc: string };

export function StepDetails({ step, report, onClose }: { step: RehearsedStep; report: RehearsalReport; onClose: () => void }) {
  const at = report.steps.indexOf(step) + 1;
  const cost = BigInt(step.cost);
  return (
    <Inspector title={shortOf(step)} sub={`${at} of ${report.steps.length}`}>
      <InspectorSection title="What happened in the rehearsal">
        <p className="pretty">{step.sentence}.</p>
        <p className={`row ${styles.under}`}>
          <StateGlyph state={step.ok ? "done" : "failed"} label="" />
          <span className={step.ok ? undefined : "danger"}>{step.ok ? "It went through." : "It did not go through."}</span>
        </p>
        {step.revert !== null && <p className={`pretty t2 ${styles.under}`}>{step.revert}</p>}
      </InspectorSection>
      <InspectorSection title="What it costs">
        <FactRows
          facts={[
            ["Gas", BigInt(step.gas).toLocaleString("en")],
            ["Typical", `${exactEth(trim(cost), 4)} ETH`],
            ["Fee", `${gwei(BigInt(report.fee_typical))} per gas`],
            ["Paid by", step.actor],
          ]}
        />
      </InspectorSection>
      <InspectorSection>
        <Button onPress={onClose}>Back to the report</Button>
      </InspectorSection>
    </Inspector>
  );
}

export function ReportDetails({ report, ground, onChange }: { report: RehearsalReport; ground: Ground; onChange: (ground: Ground) => void }) {
  return (
    <Inspector title="Report" sub={`${day(report.made_at).includes("today") ? clock(report.made_at) : day(report.made_at)}`}>
      <InspectorSection>
        <FactRows
          facts={[
            ["Plan", <HashChip key="p" name="Plan" value={report.plan_hash} />],
            ["Report", <HashChip key="r" name="Report" value={report.hash} />],
            ["Chain id", report.chain_id],
            ["Transactions", counted(report.steps.length, "step")],
          ]}
        />
        <p className={`t2 pretty ${styles.under}`}>A launch is bound to this report: if the plan changes by one byte, it refuses.</p>
      </InspectorSection>
      <GroundChoice ground={ground} onChange={onChange} />
    </Inspector>
  );
}

export function RunDetails({ ground, onChange }: { ground: Ground; onChange: (ground: Ground) => void }) {
  return (
    <Inspector title="Where it runs">
      <GroundChoice ground={ground} onChange={onChange} />
      <InspectorSection title="What it will show">
        <ul className={styles.list}>
          {["Every transaction, with its gas", "What it costs you, and those who come later", "What a first resale costs", "A list to decide by: go or no-go"].map((line) => (
            <li key={line}>
              <StateGlyph state="scheduled" label="" />
              <span className="t2">{line}</span>
            </li>
          ))}
        </ul>
      </InspectorSection>
    </Inspector>
  );
}

function GroundChoice({ ground, onChange }: { ground: Ground; onChange: (ground: Ground) => void }) {
  return (
    <InspectorSection title="The next run">
      <Segments<Ground["kind"]>
        label="Where the rehearsal runs"
        full
        options={[
          { id: "clean", label: "A clean chain" },
          { id: "fork", label: "A copy of a network" },
        ]}
        value={ground.kind}
        onChange={(kind) => onChange({ ...ground, kind })}
      />
      {ground.kind === "clean" ? (
        <p className={`t2 pretty ${styles.under}`}>In memory, from nothing. No network is used.</p>
      ) : (
        <div className={styles.under}>
          <Field label="RPC address" mono value={ground.rpc} onChange={(rpc) => onChange({ ...ground, rpc })} placeholder="https://" help="It is asked for what the steps read. Nothing is sent to it." />
        </div>
      )}
    </InspectorSection>
  );
}

/** Down to a billionth of an ether: finer is noise in an estimate. */
function trim(amount: bigint): bigint {
  const unit = 10n ** 9n;
  return ((amount + unit / 2n) / unit) * unit;
}
