// The relayer: a purse with a limit. What it may spend, what is on its way, what is gone, and Stop at hand.
import { OctagonX, Play } from "lucide-react";
import { useState } from "react";
import type { RelayerView, SpendLine } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { Button } from "../../components/button/Button";
import { FactRows } from "../../components/fact-rows/FactRows";
import { Field } from "../../components/field/Field";
import { HashChip } from "../../components/hash-chip/HashChip";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { Meter } from "../../components/meter/Meter";
import { eth, exactEth, shareOf } from "../../components/money-line/money";
import { placesFor } from "../../components/money-line/places";
import { Section } from "../../components/section/Section";
import { dateTime } from "../../shell/moments";
import { count } from "../../shell/words";
import { readEther, readWhole } from "./form";
import styles from "./vouchers.module.css";

/** Under the table: the purse in one line. */
export function Relayer({ relayer, onOpen, onStop }: { relayer: RelayerView; onOpen: () => void; onStop: () => void }) {
  const [budget, reserved, spent] = [BigInt(relayer.budget), BigInt(relayer.reserved), BigInt(relayer.spent)];
  const places = placesFor([budget, reserved, spent]);
  const free = budget - reserved - spent;
  const note = relayer.running ? `on ${relayer.url?.replace("http://", "")}, this computer only, for this drop’s contract only` : "off: free vouchers wait, or their holders send them";
  return (
    <div className={styles.relayer}>
      <Section
        title="Relayer"
        note={note}
        end={
          <>
            <Button size="s" onPress={onOpen}>
              Open
            </Button>
            {relayer.running && (
              <Button size="s" icon={OctagonX} onPress={onStop}>
                Stop now
              </Button>
            )}
          </>
        }
      >
        <div className={styles.purse}>
          <div>
            <div className={styles.pair}>
              <span>Spent, ETH</span>
              <span>
                <b>{eth(spent, places)}</b> of {eth(budget, places)}
              </span>
            </div>
            <Meter share={shareOf(spent, budget)} name="Relayer, spent" valueText={`${eth(spent, places)} of ${eth(budget, places)} ETH`} />
          </div>
          <div>
            <div className={styles.pair}>
              <span>On its way, ETH</span>
              <b>{eth(reserved, places)}</b>
            </div>
            <Meter share={shareOf(reserved, budget)} tone="muted" />
          </div>
          <div>
            <div className={styles.pair}>
              <span>Left, ETH</span>
              <b>{eth(free < 0n ? 0n : free, places)}</b>
            </div>
            <Meter share={shareOf(free, budget)} tone="ink" />
          </div>
        </div>
      </Section>
    </div>
  );
}

export function RelayerDetails({ relayer, blocked }: { relayer: RelayerView; blocked: string | null }) {
  const stop = useAct("relayer_stop");
  const places = placesFor([BigInt(relayer.budget), BigInt(relayer.reserved), BigInt(relayer.spent)]);
  return (
    <Inspector title="Relayer" sub={relayer.running ? "listening" : "off"}>
      <InspectorSection>
        <FactRows
          facts={[
            ["Address", relayer.url === null ? null : <span key="u" className="mono">{relayer.url}</span>],
            ["Pays from", relayer.account === null ? "no Relayer key yet" : <HashChip key="a" name="Relayer" value={relayer.account} />],
            ["Budget", `${exactEth(BigInt(relayer.budget), 4)} ETH`],
            ["On its way", `${eth(BigInt(relayer.reserved), places)} ETH`],
            ["Spent", `${eth(BigInt(relayer.spent), places)} ETH`],
          ]}
        />
      </InspectorSection>
      {relayer.running ? (
        <>
          {relayer.token_file !== null && (
            <InspectorSection title="Who may ask it">
              <p className="t2 pretty">Programs on this computer that can read this file; it holds the word they must say. It is never shown here.</p>
              <p className={`mono ${styles.path} ${styles.under}`}>{relayer.token_file}</p>
            </InspectorSection>
          )}
          <InspectorSection>
            <div className={styles.stack}>
              <Button icon={OctagonX} isPending={stop.isPending} onPress={() => stop.mutate({})}>
                Stop now
              </Button>
            </div>
          </InspectorSection>
        </>
      ) : (
        <StartForm blocked={blocked} />
      )}
      {relayer.lines.length > 0 && <Spendings lines={relayer.lines} />}
      <InspectorSection title="What it cannot do">
        <p className="t2 pretty">Send a voucher elsewhere than it was signed for, pay a price, or spend above its budget. It stops by itself when the budget is used.</p>
      </InspectorSection>
    </Inspector>
  );
}

function StartForm({ blocked }: { blocked: string | null }) {
  const [budget, setBudget] = useState("0.05");
  const [port, setPort] = useState("");
  const start = useAct("relayer_start", { quiet: true });
  const amount = readEther(budget);
  const read = port.trim() === "" ? ({ ok: true, value: null } as const) : readWhole(port, "The port", 1, 65_535);
  const nothing = amount.ok && amount.value === 0n ? "A budget of nothing carries nothing." : null;
  const press = () => {
    if (amount.ok && read.ok && nothing === null) start.mutate({ budget: amount.value.toString(), port: read.value });
  };
  return (
    <InspectorSection title="Start it">
      <div className={styles.form}>
        <Field label="Budget" numeric suffix="ETH" value={budget} onChange={setBudget} error={amount.ok ? nothing : amount.problem} />
        <Field label="Port" numeric placeholder="any free" value={port} onChange={setPort} error={read.ok ? null : read.problem} />
      </div>
      {start.error !== null && (
        <div className={styles.under} role="alert">
          <p className="pretty">{start.error.report.message}</p>
          {start.error.report.hint !== null && <p className="t2 pretty">{start.error.report.hint}</p>}
          <p className="mono t3">{start.error.report.code}</p>
        </div>
      )}
      <div className={`${styles.stack} ${styles.under}`}>
        <Button icon={Play} blocked={blocked} isPending={start.isPending} onPress={press}>
          {amount.ok ? `Start, spend at most ${exactEth(amount.value, 2)} ETH` : "Start"}
        </Button>
      </div>
    </InspectorSection>
  );
}

/** Where its money went, newest first. */
function Spendings({ lines }: { lines: readonly SpendLine[] }) {
  const places = placesFor(lines.map((line) => BigInt(line.wei)));
  return (
    <InspectorSection title="Spent, ETH" note={`${count(lines.length)} ${lines.length === 1 ? "line" : "lines"}`}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <ul className={styles.lines} tabIndex={0} aria-label="Spent, line by line">
        {lines.map((line) => (
          <li key={`${line.transaction} ${line.what}`}>
            <span className="el">{line.what}</span>
            <span>{eth(BigInt(line.wei), places)}</span>
            <span className="t3 s12">{dateTime(line.at)}</span>
            <HashChip name={`Transaction of ${line.what}`} value={line.transaction} />
          </li>
        ))}
      </ul>
    </InspectorSection>
  );
}
