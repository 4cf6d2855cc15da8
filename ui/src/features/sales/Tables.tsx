// The rows behind the figures. Each opens its transaction beside it.
import type { Holder, Mint, MintKind, SaleView } from "../../api/bindings";
import { useAsk } from "../../api/queries";
import { HashChip } from "../../components/hash-chip/HashChip";
import { shorten } from "../../components/hash-chip/shorten";
import { eth } from "../../components/money-line/money";
import { placesFor } from "../../components/money-line/places";
import { Picture, thumbPath } from "../../components/picture/Picture";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { DataTable } from "../../components/table/DataTable";
import { dateTime } from "../../shell/moments";
import { span } from "../../components/timeline/fold";
import { count } from "../../shell/words";
import { holderId, mintId, saleId } from "./ids";
import styles from "./sales.module.css";

type Rows<Row> = { selected: string | null; onSelect: (id: string) => void } & Row;

const MINT: Record<MintKind, string> = { batch: "batch", voucher: "voucher", other: "direct" };

/** A token's picture at the size of a row. */
function Small({ id }: { id: number }) {
  const table = useAsk("tokens").data;
  return <Picture path={table === undefined ? null : thumbPath(id, table.version[id - 1] ?? "")} alt="" size="1.5rem" />;
}

export function SaleTable({ sales, selected, onSelect }: Rows<{ sales: readonly SaleView[] }>) {
  if (sales.length === 0) return <p className={styles.none}>No sales yet. They appear here with what each owes you and what it paid.</p>;
  const places = placesFor(sales.flatMap((sale) => [BigInt(sale.royalty_owed), BigInt(sale.royalty_received)]));
  return (
    <DataTable
      label="Sales"
      columns={[
        { id: "picture", title: "Picture", kind: "glyph", width: "2.75rem", cell: (sale) => <Small id={sale.token} /> },
        { id: "token", title: "Token", cell: (sale) => `#${count(sale.token)}` },
        { id: "at", title: "Sold", cell: (sale) => <span className="t2">{dateTime(sale.at)}</span> },
        { id: "market", title: "Market", cell: (sale) => <span className="t2">{sale.market}</span> },
        { id: "price", title: "Price, ETH", kind: "figure", cell: (sale) => (sale.currency === "ETH" ? eth(BigInt(sale.price)) : `${eth(BigInt(sale.price))} of ${shorten(sale.currency)}`) },
        { id: "owed", title: "Owed", kind: "figure", cell: (sale) => <span className="m">{eth(BigInt(sale.royalty_owed), places)}</span> },
        { id: "received", title: "Received", kind: "figure", cell: (sale) => <span className="t2">{BigInt(sale.royalty_received) === 0n ? "0" : eth(BigInt(sale.royalty_received), places)}</span> },
        {
          id: "paid",
          title: "Paid",
          kind: "glyph",
          cell: (sale) => {
            const paid = BigInt(sale.royalty_received) >= BigInt(sale.royalty_owed);
            return <StateGlyph state={paid ? "done" : "attention"} label={paid ? "paid in full" : "paid less than owed"} />;
          },
        },
        { id: "transaction", title: "Transaction", kind: "figure", optional: 1, cell: (sale) => <HashChip name={`Sale of #${sale.token}`} value={sale.transaction} /> },
      ]}
      rows={sales}
      rowId={saleId}
      rowText={(sale) => `Sale of #${sale.token}`}
      selected={selected}
      onSelect={onSelect}
    />
  );
}

export function MintTable({ mints, selected, onSelect }: Rows<{ mints: readonly Mint[] }>) {
  if (mints.length === 0) return <p className={styles.none}>No mints yet.</p>;
  return (
    <DataTable
      label="Mints"
      columns={[
        { id: "picture", title: "Picture", kind: "glyph", width: "2.75rem", cell: (mint) => <Small id={mint.first_token} /> },
        { id: "tokens", title: "Tokens", cell: (mint) => `#${span(mint.first_token, mint.first_token + mint.quantity - 1)}` },
        { id: "how", title: "How", cell: (mint) => <span className="t2">{MINT[mint.kind]}</span> },
        { id: "at", title: "When", cell: (mint) => <span className="t2">{dateTime(mint.at)}</span> },
        { id: "to", title: "To", cell: (mint) => <HashChip name="Recipient" value={mint.to} /> },
        { id: "quantity", title: "Count", kind: "figure", cell: (mint) => count(mint.quantity) },
        { id: "block", title: "Block", kind: "figure", optional: 2, cell: (mint) => count(Number(mint.block)) },
        { id: "transaction", title: "Transaction", kind: "figure", optional: 1, cell: (mint) => <HashChip name="Mint" value={mint.transaction} /> },
      ]}
      rows={mints}
      rowId={mintId}
      rowText={(mint) => `Mint of #${mint.first_token}`}
      selected={selected}
      onSelect={onSelect}
    />
  );
}

export function HolderTable({ holders, selected, onSelect }: Rows<{ holders: readonly Holder[] }>) {
  if (holders.length === 0) return <p className={styles.none}>Nobody holds a token yet.</p>;
  const most = holders.reduce((largest, holder) => Math.max(largest, holder.tokens), 1);
  return (
    <DataTable
      label="Holders"
      columns={[
        { id: "address", title: "Holder", cell: (holder) => <HashChip name={holder.name ?? "Holder"} value={holder.address} /> },
        { id: "name", title: "Known as", cell: (holder) => (holder.name === null ? <span className="t3">no name</span> : <span className="m">{holder.name}</span>) },
        { id: "bar", title: "Share", kind: "figure", width: "9rem", cell: (holder) => <i className={styles.share} style={{ width: `${(holder.tokens / most) * 100}%` }} /> },
        { id: "tokens", title: "Tokens", kind: "figure", cell: (holder) => count(holder.tokens) },
      ]}
      rows={holders}
      rowId={holderId}
      rowText={(holder) => `${holder.name ?? "Holder"}, ${holder.tokens} tokens`}
      selected={selected}
      onSelect={onSelect}
    />
  );
}
