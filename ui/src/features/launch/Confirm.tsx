// Reading before signing: which network, what happens, what it may cost, and what cannot be undone.
import { useEffect, useState } from "react";
import type { ErrorReport, Launch, NetworkKind } from "../../api/bindings";
import { useAsk } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { Dialog } from "../../components/dialog/Dialog";
import { Field } from "../../components/field/Field";
import { shorten } from "../../components/hash-chip/shorten";
import { eth } from "../../components/money-line/money";
import { NetworkDot } from "../../components/pill/Pill";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { counted } from "../../shell/words";
import styles from "./launch.module.css";

const STAKES: Record<NetworkKind, string> = { practice: "no value at stake", testnet: "no value at stake", mainnet: "real money" };

export function Confirm({ view, name, isOpen, isPending, refusal, onClose, onLaunch }: {
  view: Launch;
  name: string;
  isOpen: boolean;
  isPending: boolean;
  /** Why it did not begin. */
  refusal: ErrorReport | null;
  onClose: () => void;
  onLaunch: (word: string | null) => void;
}) {
  const [typed, setTyped] = useState("");
  useEffect(() => {
    if (isOpen) setTyped("");
  }, [isOpen]);
  const rehearsal = useAsk("rehearsal", {}, { when: isOpen }).data?.report ?? null;
  const deployer = useAsk("keys", {}, { when: isOpen }).data?.keys.find((key) => key.role === "deployer");
  const word = view.confirm_word;
  const matches = word === null || typed === word;
  const most = view.budget === null ? null : BigInt(view.budget);
  const have = deployer?.balance === null || deployer === undefined ? null : BigInt(deployer.balance);
  const begun = view.state === "paused" || view.state === "failed";
  const press = () => {
    if (matches) onLaunch(word === null ? null : typed);
  };
  const verb = `${begun ? "Continue" : "Launch"}${most === null ? "" : `, spend at most ${eth(most, 4, "up")} ETH`}`;
  return (
    <Dialog
      alert
      title={`${begun ? "Continue launching" : "Launch"} ${name}`}
      isOpen={isOpen}
      onClose={onClose}
      band={
        <div className={styles.network} data-kind={view.network.kind}>
          <NetworkDot kind={view.network.kind} />
          {view.network.name}, {STAKES[view.network.kind]}
          {view.deployer !== null && <span>Deployer {shorten(view.deployer)}</span>}
        </div>
      }
      acts={
        <>
          <Button size="l" shortcut="Escape" onPress={onClose}>
            Not now
          </Button>
          <Button size="l" variant="primary" isPending={isPending} blocked={matches ? null : `Type ${word} first.`} onPress={press}>
            {verb}
          </Button>
        </>
      }
    >
      <ol className={styles.happens}>
        {happens(view).map((line, i) => (
          <li key={line}>
            <span className="t3">{i + 1}</span>
            <span>{line}</span>
          </li>
        ))}
      </ol>
      <div className={styles.money}>
        <div>
          <p className="s12 t3">About</p>
          <p className="mid">{view.expected === null ? "unknown" : eth(BigInt(view.expected))} <small>ETH</small></p>
        </div>
        <div>
          <p className="s12 t3">At most</p>
          <p className="mid">{most === null ? "unknown" : eth(most, 4, "up")} <small>ETH</small></p>
          <p className="s12 t3">then it stops</p>
        </div>
        <div>
          <p className="s12 t3">You have</p>
          <p className="mid">{have === null ? "unknown" : eth(have)} <small>ETH</small></p>
          {have !== null && most !== null && (
            <p className={`s12 ${have < most ? "danger" : "t3"}`}>{have < most ? "less than it may cost" : `${eth(have - most)} stays at least`}</p>
          )}
        </div>
      </div>
      <ul className={styles.proofs}>
        <li>
          <StateGlyph state={rehearsal?.go === true ? "done" : "attention"} label="" />
          <span>{rehearsal === null ? "It was not rehearsed." : `Rehearsed with this very plan. ${rehearsal.verdict}`}</span>
        </li>
        <li>
          <StateGlyph state="failed" label="cannot be undone" />
          <span>It cannot be undone. The contract, and every token sent, stay on {view.network.name}.</span>
        </li>
      </ul>
      {refusal !== null && (
        <p className="danger pretty" role="alert">
          {refusal.message} {refusal.hint} <span className="mono">{refusal.code}</span>
        </p>
      )}
      {word !== null && <Field label={`Type ${word} to launch`} value={typed} onChange={setTyped} autoFocus onKeyDown={(event) => event.key === "Enter" && press()} />}
    </Dialog>
  );
}

/** What happens, in the order it happens. */
function happens(view: Launch): string[] {
  const minting = view.steps.filter((step) => step.first_token !== null && step.state !== "final");
  const tokens = minting.reduce((sum, step) => sum + (step.last_token ?? 0) - (step.first_token ?? 0) + 1, 0);
  const left = view.steps.filter((step) => step.state !== "final");
  const create = left.some((step) => step.group === "prepare");
  const after = left.filter((step) => step.group === "after");
  return [
    ...(create ? [`The drop is created at ${view.drop === null ? "its address" : shorten(view.drop)}, the address that was signed.`] : []),
    ...(tokens > 0 ? [`${counted(tokens, "token")} are minted in ${counted(minting.length, "batch", "batches")}.`] : []),
    ...after.map((step) => `${step.sentence}.`),
  ];
}

