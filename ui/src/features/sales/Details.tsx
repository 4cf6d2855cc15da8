// The inspector of Sales: the transaction behind a row.
import type { Holder, Mint, SaleView, Sales, SalesTotals } from "../../api/bindings";
import { useAsk } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { FactRows } from "../../components/fact-rows/FactRows";
import { HashChip } from "../../components/hash-chip/HashChip";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { exactEth } from "../../components/money-line/money";
import { Picture, thumbPath } from "../../components/picture/Picture";
import { span } from "../../components/timeline/fold";
import { dateTime } from "../../shell/moments";
import { navigate } from "../../shell/navigation";
import { count, counted, percent } from "../../shell/words";
import { spread } from "./series";
import styles from "./sales.module.css";

function Preview({ id }: { id: number }) {
  const table = useAsk("tokens").data;
  return (
    <InspectorSection art>
      <div className={styles.preview}>
        <Picture path={table === undefined ? null : thumbPath(id, table.version[id - 1] ?? "", 256)} alt={`#${count(id)}`} size="8rem" />
      </div>
    </InspectorSection>
  );
}

function Chain({ transaction, block, at }: { transaction: string; block: string; at: string }) {
  return (
    <InspectorSection title="Where it is written">
      <FactRows
        facts={[
          ["Transaction", <HashChip key="t" name="Transaction" value={transaction} />],
          ["Block", count(Number(block))],
          ["When", dateTime(at)],
        ]}
      />
    </InspectorSection>
  );
}

export function SaleDetails({ sale }: { sale: SaleView }) {
  const [owed, received] = [BigInt(sale.royalty_owed), BigInt(sale.royalty_received)];
  const unit = sale.currency === "ETH" ? "ETH" : "";
  const missing = owed > received ? owed - received : 0n;
  return (
    <Inspector title={`#${count(sale.token)}`} sub={`sold on ${dateTime(sale.at)}`}>
      <Preview id={sale.token} />
      <InspectorSection>
        <FactRows
          facts={[
            ["Price", `${exactEth(BigInt(sale.price), 4)} ${unit}`],
            ["Currency", sale.currency === "ETH" ? null : <HashChip key="c" name="Currency" value={sale.currency} />],
            ["Owed", <b key="o" className="b">{`${exactEth(owed, 4)} ${unit}`}</b>],
            ["Received", `${exactEth(received, 4)} ${unit}`],
            ["Missing", missing === 0n ? null : <span key="m" className="danger">{`${exactEth(missing, 4)} ${unit}`}</span>],
            ["Market", sale.market],
          ]}
        />
        {sale.bundle && <p className={`t2 pretty ${styles.under}`}>Several tokens were sold for one price; this is the price of all of them.</p>}
      </InspectorSection>
      <InspectorSection title="How we know">
        <p className="t2 pretty">
          {missing === 0n
            ? "The contract was asked what it owes for this token at that block, and the payment is in the same transaction."
            : "The contract was asked what it owes for this token at that block. In the transaction, less than that reached the receiver."}
        </p>
      </InspectorSection>
      <InspectorSection title="Who">
        <FactRows
          facts={[
            ["From", <HashChip key="f" name="Seller" value={sale.seller} />],
            ["To", <HashChip key="t" name="Buyer" value={sale.buyer} />],
          ]}
        />
      </InspectorSection>
      <Chain transaction={sale.transaction} block={sale.block} at={sale.at} />
      <Lineage id={sale.token} />
    </Inspector>
  );
}

/** Where a token comes from, and the way to it. */
function Lineage({ id }: { id: number }) {
  const token = useAsk("token", { id }).data;
  return (
    <InspectorSection title="Lineage">
      <FactRows
        facts={[
          ["Mint", token?.mint_transaction == null ? null : <HashChip key="m" name="Mint" value={token.mint_transaction} />],
          ["Link", token?.token_uri == null ? null : <HashChip key="u" name="Metadata link" value={token.token_uri} />],
          ["Held by", token?.owner == null ? null : <HashChip key="o" name="Holder" value={token.owner} />],
        ]}
      />
      <div className={styles.under}>
        <Button onPress={() => navigate({ screen: "tokens", at: id })}>{`Show #${count(id)}`}</Button>
      </div>
    </InspectorSection>
  );
}

export function MintDetails({ mint }: { mint: Mint }) {
  const last = mint.first_token + mint.quantity - 1;
  return (
    <Inspector title={`#${span(mint.first_token, last)}`} sub={mint.kind === "batch" ? "minted in a batch" : mint.kind === "voucher" ? "minted by voucher" : "minted"}>
      <Preview id={mint.first_token} />
      <InspectorSection>
        <FactRows
          facts={[
            ["Tokens", count(mint.quantity)],
            ["To", <HashChip key="t" name="Recipient" value={mint.to} />],
          ]}
        />
      </InspectorSection>
      <Chain transaction={mint.transaction} block={mint.block} at={mint.at} />
      <Lineage id={mint.first_token} />
    </Inspector>
  );
}

export function HolderDetails({ holder, totals }: { holder: Holder; totals: SalesTotals }) {
  const share = totals.minted === 0 ? 0 : Math.round((holder.tokens * 10_000) / totals.minted);
  return (
    <Inspector title={holder.name ?? "Holder"} sub={counted(holder.tokens, "token")}>
      <InspectorSection>
        <FactRows
          facts={[
            ["Account", <HashChip key="a" name={holder.name ?? "Holder"} value={holder.address} />],
            ["Tokens", count(holder.tokens)],
            ["Share", percent(share)],
            ["Known as", holder.name ?? "no key of ours"],
          ]}
        />
      </InspectorSection>
      <InspectorSection title="How we know">
        <p className="t2 pretty">Every transfer up to the block that was read, one after the other. Nobody is asked who they are.</p>
      </InspectorSection>
    </Inspector>
  );
}

export function ReadingDetails({ view }: { view: Sales }) {
  const bands = spread(view.holders);
  return (
    <Inspector title="The chain" sub={view.block === null ? "not read yet" : `to block ${count(Number(view.block))}`}>
      <InspectorSection>
        <FactRows
          facts={[
            ["Mints", count(view.mints.length)],
            ["Sales", count(view.totals.sales)],
            ["Volume", `${exactEth(BigInt(view.totals.volume), 4)} ETH`],
            ["Owed", `${exactEth(BigInt(view.totals.royalty_owed), 4)} ETH`],
            ["Received", `${exactEth(BigInt(view.totals.royalty_received), 4)} ETH`],
          ]}
        />
      </InspectorSection>
      {view.holders.length > 0 && (
        <InspectorSection title="Who holds how many" note="holders">
          <FactRows facts={bands.filter((band) => band.holders > 0).map((band) => [band.label === "1" ? "1 token" : `${band.label} tokens`, count(band.holders)])} />
        </InspectorSection>
      )}
      <InspectorSection title="What this is">
        <p className="t2 pretty">Facts from the chain, kept on this disk. What a reorganisation takes back disappears here too. Royalty is what ERC-2981 answers at the block of each sale; a market may pay less.</p>
      </InspectorSection>
    </Inspector>
  );
}
