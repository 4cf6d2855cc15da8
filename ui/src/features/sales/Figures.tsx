// Four figures that matter, each the sum of rows below.
import type { Holder, SalesTotals } from "../../api/bindings";
import { eth } from "../../components/money-line/money";
import { placesFor } from "../../components/money-line/places";
import { count, counted } from "../../shell/words";
import styles from "./sales.module.css";

export function Figures({ totals, holders }: { totals: SalesTotals; holders: readonly Holder[] }) {
  const [owed, received, volume] = [BigInt(totals.royalty_owed), BigInt(totals.royalty_received), BigInt(totals.volume)];
  const places = placesFor([owed, received]);
  const largest = holders[0]?.tokens ?? 0;
  const figures: { name: string; figure: string; of?: string; line: string }[] = [
    {
      name: "Minted",
      figure: count(totals.minted),
      of: `of ${count(totals.planned)}`,
      line: totals.minted >= totals.planned ? "all of them" : `${counted(totals.planned - totals.minted, "token")} to come`,
    },
    { name: "Holders", figure: count(totals.holders), line: largest === 0 ? "nobody yet" : `largest holds ${count(largest)}` },
    { name: "Sales", figure: count(totals.sales), line: totals.sales === 0 ? "none yet" : `${eth(volume)} ETH in all` },
    {
      name: "Royalty received, ETH",
      figure: owed === 0n ? "0" : eth(received, places),
      ...(owed === 0n ? {} : { of: `of ${eth(owed, places)}` }),
      line: totals.sales === 0 ? "no sales yet" : totals.unpaid_sales === 0 ? "every sale paid it" : `${counted(totals.unpaid_sales, "sale")} paid less`,
    },
  ];
  return (
    <dl className={styles.figures}>
      {figures.map(({ name, figure, of, line }) => (
        <div key={name}>
          <dt className="s12 t3">{name}</dt>
          <dd className="mid nw">
            {figure} {of !== undefined && <small>{of}</small>}
          </dd>
          <dd className="s12 t3">{line}</dd>
        </div>
      ))}
    </dl>
  );
}
