// Being treated as the owner: what was minted, who holds, what sold, and what of it reached you.
import { RefreshCw, Store } from "lucide-react";
import { useState } from "react";
import type { Sales as SalesView } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { useAsk } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { EmptyState } from "../../components/empty-state/EmptyState";
import { Inspector } from "../../components/inspector/Inspector";
import { eth } from "../../components/money-line/money";
import { ErrorNotice } from "../../components/notice/Notice";
import { Section } from "../../components/section/Section";
import { Segments } from "../../components/segments/Segments";
import { SkeletonRows } from "../../components/skeleton/Skeleton";
import { Stage } from "../../components/stage/Stage";
import { useCommands } from "../../shell/commands";
import { navigate } from "../../shell/navigation";
import { count, counted } from "../../shell/words";
import { MintedChart, RoyaltyChart } from "./charts";
import { HolderDetails, MintDetails, ReadingDetails, SaleDetails } from "./Details";
import { Figures } from "./Figures";
import { holderId, mintId, saleId } from "./ids";
import { PracticeSale } from "./PracticeSale";
import { unpaid } from "./series";
import { HolderTable, MintTable, SaleTable } from "./Tables";
import styles from "./sales.module.css";

type List = "sales" | "mints" | "holders";
type Picked = { list: List; id: string } | { list: "practice" } | null;

export function Sales() {
  const sales = useAsk("sales");
  const [list, setList] = useState<List>("sales");
  const [picked, setPicked] = useState<Picked>(null);
  const sync = useAct("index_sync", { quiet: true });
  const launch = useAsk("project").data?.stages.find((stage) => stage.name === "launch")?.state;
  const launched = launch === "done" || launch === "running";
  const view = sales.data;
  const read = () => sync.mutate({});
  const noMarket = view?.practice_sale === true ? null : "Practice sales run on the practice chain only.";
  useCommands([
    { id: "sales.read", title: "Read the chain", group: "Sales", icon: RefreshCw, shortcut: "Ctrl+Enter", run: read },
    { id: "sales.practice", title: "Make a practice sale", group: "Sales", icon: Store, blocked: noMarket, run: () => setPicked({ list: "practice" }) },
  ]);

  const error = sales.error?.report ?? sync.error?.report ?? null;
  return (
    <>
      <Stage
        title="Sales"
        fact={view === undefined ? undefined : view.block === null ? "Not read yet" : `Read to block ${count(Number(view.block))}`}
        end={
          view !== undefined &&
          view.empty === null && (
            <>
              {view.practice_sale && (
                <Button icon={Store} onPress={() => setPicked({ list: "practice" })}>
                  Practice sale
                </Button>
              )}
              <Button icon={RefreshCw} isPending={sync.isPending} onPress={read}>
                Read the chain
              </Button>
            </>
          )
        }
      >
        {error !== null && <ErrorNotice report={error} actions={sales.error !== null && <Button onPress={() => void sales.refetch()}>Try again</Button>} />}
        {view === undefined ? (
          sales.error === null && <SkeletonRows name="the sales" rows={8} />
        ) : view.empty !== null ? (
          <EmptyState
            title={launched ? "The chain has not been read yet" : "Nothing minted yet"}
            actions={
              launched ? (
                <Button variant="primary" size="l" icon={RefreshCw} shortcut="Ctrl+Enter" isPending={sync.isPending} onPress={read}>
                  Read the chain
                </Button>
              ) : (
                <Button variant="primary" size="l" onPress={() => navigate({ screen: "launch" })}>
                  Go to Launch
                </Button>
              )
            }
          >
            {launched ? "The drop is on chain. Its mints and sales are read into this project, and stay here without a network." : "Mints appear here block by block once the launch begins."}
          </EmptyState>
        ) : (
          <>
            <Figures totals={view.totals} holders={view.holders} />
            <div className={styles.charts}>
              <MintedChart mints={view.mints} totals={view.totals} block={view.block} />
              <RoyaltyChart sales={view.sales} mints={view.mints} block={view.block} />
            </div>
            <Section
              grow
              title={headOf(view, list)}
              end={
                <Segments<List>
                  label="Which rows"
                  options={[
                    { id: "sales", label: `Sales ${count(view.sales.length)}` },
                    { id: "mints", label: `Mints ${count(view.mints.length)}` },
                    { id: "holders", label: `Holders ${count(view.holders.length)}` },
                  ]}
                  value={list}
                  onChange={setList}
                />
              }
            >
              <div className={styles.fill}>
                {list === "sales" ? (
                  <SaleTable sales={view.sales} selected={picked?.list === "sales" ? picked.id : null} onSelect={(id) => setPicked({ list: "sales", id })} />
                ) : list === "mints" ? (
                  <MintTable mints={view.mints} selected={picked?.list === "mints" ? picked.id : null} onSelect={(id) => setPicked({ list: "mints", id })} />
                ) : (
                  <HolderTable holders={view.holders} selected={picked?.list === "holders" ? picked.id : null} onSelect={(id) => setPicked({ list: "holders", id })} />
                )}
              </div>
            </Section>
          </>
        )}
      </Stage>
      <Beside view={view} picked={picked} onClose={() => setPicked(null)} />
    </>
  );
}

function Beside({ view, picked, onClose }: { view: SalesView | undefined; picked: Picked; onClose: () => void }) {
  if (view === undefined) return <Inspector title="Sales" />;
  if (picked?.list === "practice" && view.practice_sale) return <PracticeSale sellable={view.sellable} onClose={onClose} />;
  const sale = picked?.list === "sales" ? view.sales.find((one) => saleId(one) === picked.id) : undefined;
  if (sale !== undefined) return <SaleDetails sale={sale} />;
  const mint = picked?.list === "mints" ? view.mints.find((one) => mintId(one) === picked.id) : undefined;
  if (mint !== undefined) return <MintDetails mint={mint} />;
  const holder = picked?.list === "holders" ? view.holders.find((one) => holderId(one) === picked.id) : undefined;
  if (holder !== undefined) return <HolderDetails holder={holder} totals={view.totals} />;
  return <ReadingDetails view={view} />;
}

/** The sentence over the rows: what is owed comes first. */
function headOf(view: SalesView, list: List): string {
  if (list === "mints") return counted(view.totals.minted, "token minted", "tokens minted");
  if (list === "holders") return counted(view.totals.holders, "holder");
  const short = unpaid(view.sales);
  if (short.sales.length > 0 && short.missing > 0n) return `You are owed ${eth(short.missing)} ETH on ${counted(short.sales.length, "sale")} that paid less than asked`;
  return view.sales.length === 0 ? "No sales yet" : "Every sale paid its royalty";
}
