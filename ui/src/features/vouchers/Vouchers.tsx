// Vouchers: signed permission to mint. Lending with a limit; the relayer carries the free ones.
import { Plus } from "lucide-react";
import { useState } from "react";
import type { VoucherState, VoucherView, Vouchers as VouchersView } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { useAsk } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { EmptyState } from "../../components/empty-state/EmptyState";
import { HashChip } from "../../components/hash-chip/HashChip";
import { Inspector } from "../../components/inspector/Inspector";
import { eth } from "../../components/money-line/money";
import { placesFor } from "../../components/money-line/places";
import { ErrorNotice } from "../../components/notice/Notice";
import { Picture, thumbPath } from "../../components/picture/Picture";
import { SkeletonRows } from "../../components/skeleton/Skeleton";
import { Stage } from "../../components/stage/Stage";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { type DataColumn, DataTable } from "../../components/table/DataTable";
import { useCommands } from "../../shell/commands";
import { navigate } from "../../shell/navigation";
import { count, counted } from "../../shell/words";
import { Issue } from "./Issue";
import { Relayer, RelayerDetails } from "./Relayer";
import { VoucherDetails } from "./VoucherDetails";
import { untilOf, VOUCHER } from "./words";
import styles from "./vouchers.module.css";

type Picked = { kind: "issue" } | { kind: "relayer" } | { kind: "voucher"; nonce: string };

export function Vouchers() {
  const vouchers = useAsk("vouchers");
  const tokens = useAsk("tokens").data;
  const [picked, setPicked] = useState<Picked>({ kind: "relayer" });
  // What a voucher became is read from the chain, at once, so that the picture follows the act.
  const read = useAct("index_sync", { onDone: () => void vouchers.refetch() });
  const redeem = useAct("voucher_redeem", { quiet: true, onDone: () => read.mutate({}) });
  const stop = useAct("relayer_stop");
  const view = vouchers.data;
  const voucher = picked.kind === "voucher" ? view?.vouchers.find((one) => one.nonce === picked.nonce) : undefined;
  const full = view !== undefined && view.left === 0 ? "Every token set aside for vouchers is promised." : null;
  const blocked = view?.blocked ?? full;
  const issue = () => setPicked({ kind: "issue" });
  useCommands([
    { id: "vouchers.issue", title: "Issue vouchers", group: "Vouchers", icon: Plus, shortcut: "n", blocked, run: issue },
    { id: "vouchers.relayer", title: "Show the relayer", group: "Vouchers", run: () => setPicked({ kind: "relayer" }) },
    { id: "vouchers.stop-relayer", title: "Stop the relayer", group: "Vouchers", blocked: view?.relayer.running === true ? null : "It does not run.", run: () => stop.mutate({}) },
  ]);

  const places = placesFor((view?.vouchers ?? []).map((one) => BigInt(one.price)));
  const columns: DataColumn<VoucherView>[] = [
    {
      id: "picture",
      title: "Picture",
      kind: "glyph",
      width: "2.75rem",
      cell: (one) => one.token !== null && <Picture path={thumbPath(one.token, tokens?.version[one.token - 1] ?? "")} alt="" size="1.5rem" />,
    },
    { id: "nonce", title: "Voucher", cell: (one) => <span className="m">{one.nonce}</span> },
    {
      id: "state",
      title: "State",
      cell: (one) => (
        <span className={styles.state}>
          <StateGlyph state={VOUCHER[one.state].glyph} label="" />
          <span className={one.state === "expired" || one.state === "cancelled" ? "t3" : undefined}>{VOUCHER[one.state].word}</span>
        </span>
      ),
    },
    { id: "for", title: "For", cell: (one) => <HashChip name={`Recipient of voucher ${one.nonce}`} value={one.recipient} /> },
    { id: "tokens", title: "Tokens", kind: "figure", optional: 2, cell: (one) => count(one.quantity) },
    { id: "price", title: "Price, ETH", kind: "figure", cell: (one) => (BigInt(one.price) === 0n ? "free" : eth(BigInt(one.price), places)) },
    { id: "until", title: "Until", optional: 1, cell: (one) => <span className="t2">{untilOf(one)}</span> },
    { id: "token", title: "Became", kind: "figure", cell: (one) => (one.token === null ? <span className="t3">–</span> : `#${count(one.token)}`) },
  ];
  const error = vouchers.error?.report ?? redeem.error?.report ?? null;
  return (
    <>
      <Stage
        title="Vouchers"
        fact="Signed permission to mint; the relayer pays for free ones"
        end={
          view !== undefined &&
          view.vouchers.length > 0 && (
            <Button variant={picked.kind === "issue" ? "default" : "primary"} icon={Plus} shortcut="N" blocked={blocked} onPress={issue}>
              Issue vouchers
            </Button>
          )
        }
      >
        {error !== null && <ErrorNotice report={error} actions={vouchers.error !== null && <Button onPress={() => void vouchers.refetch()}>Try again</Button>} />}
        {view === undefined ? (
          vouchers.error === null && <SkeletonRows name="the vouchers" rows={8} />
        ) : view.blocked !== null ? (
          <EmptyState title="No vouchers yet" actions={<Button variant="primary" onPress={() => navigate({ screen: "launch", part: "timeline" })}>Go to Launch</Button>}>
            {view.blocked} {counted(view.left, "token is", "tokens are")} set aside.
          </EmptyState>
        ) : view.vouchers.length === 0 ? (
          <EmptyState
            title="No vouchers yet"
            actions={
              <Button variant={picked.kind === "issue" ? "default" : "primary"} icon={Plus} size="l" blocked={blocked} onPress={issue}>
                Issue vouchers
              </Button>
            }
          >
            A voucher is a signature: it costs nothing to give, and the token is minted when it is redeemed. {counted(view.left, "token is", "tokens are")} set aside.
          </EmptyState>
        ) : (
          <>
            <Summary view={view} />
            <div className={styles.fill}>
              <DataTable
                label="Vouchers"
                columns={columns}
                rows={view.vouchers}
                rowId={(one) => one.nonce}
                rowText={(one) => `Voucher ${one.nonce}, ${VOUCHER[one.state].word}`}
                selected={voucher?.nonce ?? null}
                onSelect={(nonce) => setPicked({ kind: "voucher", nonce })}
              />
            </div>
          </>
        )}
        {view !== undefined && view.blocked === null && (view.relayer.running || view.vouchers.length > 0) && <Relayer relayer={view.relayer} onOpen={() => setPicked({ kind: "relayer" })} onStop={() => stop.mutate({})} />}
      </Stage>
      {view === undefined ? (
        <Inspector title="Vouchers" />
      ) : picked.kind === "issue" && blocked === null ? (
        <Issue left={view.left} onDone={() => setPicked({ kind: "relayer" })} onClose={() => setPicked({ kind: "relayer" })} />
      ) : voucher !== undefined ? (
        <VoucherDetails
          voucher={voucher}
          version={voucher.token === null ? "" : (tokens?.version[voucher.token - 1] ?? "")}
          relayer={view.relayer.running}
          isPending={redeem.isPending}
          reading={read.isPending}
          onRead={() => read.mutate({})}
          onRedeem={() => redeem.mutate({ nonce: voucher.nonce })}
          onRelayer={() => setPicked({ kind: "relayer" })}
        />
      ) : (
        <RelayerDetails relayer={view.relayer} blocked={view.blocked} />
      )}
    </>
  );
}

const SUMMARY: readonly VoucherState[] = ["redeemed", "sending", "open", "expired", "cancelled"];

/** How many stand how: one bar and the same in words. */
function Summary({ view }: { view: VouchersView }) {
  const counts = SUMMARY.map((state) => ({ state, n: view.vouchers.filter((one) => one.state === state).length })).filter(({ n }) => n > 0);
  const words = counts.map(({ state, n }) => `${count(n)} ${VOUCHER[state].word.toLowerCase()}`).join(", ");
  return (
    <div className={styles.summary}>
      <div className={styles.line}>
        <span>
          <b className="b">{count(view.issued)} issued</b>
        </span>
        <span className="t2 s12">{view.left === 0 ? "none left to issue" : `${counted(view.left, "token")} left to issue`}</span>
      </div>
      <div className={styles.bar} role="img" aria-label={words}>
        {counts.map(({ state, n }) => (
          <i key={state} data-state={state} style={{ flex: n }} />
        ))}
      </div>
      <div className={styles.keys} aria-hidden>
        {counts.map(({ state, n }) => (
          <span key={state}>
            <i data-state={state} />
            <b>{count(n)}</b>
            {VOUCHER[state].word.toLowerCase()}
          </span>
        ))}
      </div>
    </div>
  );
}
