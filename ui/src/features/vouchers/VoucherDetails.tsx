// One voucher: who may mint what, until when, and how it stands on the chain.
import { RadioTower, RefreshCw } from "lucide-react";
import type { VoucherView } from "../../api/bindings";
import { Button } from "../../components/button/Button";
import { FactRows } from "../../components/fact-rows/FactRows";
import { HashChip } from "../../components/hash-chip/HashChip";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { exactEth } from "../../components/money-line/money";
import { Picture, thumbPath } from "../../components/picture/Picture";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { dateTime } from "../../shell/moments";
import { count } from "../../shell/words";
import { untilOf, VOUCHER } from "./words";
import styles from "./vouchers.module.css";

export function VoucherDetails({ voucher, version, relayer, isPending, reading, onRedeem, onRelayer, onRead }: {
  voucher: VoucherView;
  version: string;
  /** True while the relayer listens. */
  relayer: boolean;
  isPending: boolean;
  /** True while the chain is read. */
  reading: boolean;
  onRedeem: () => void;
  onRelayer: () => void;
  onRead: () => void;
}) {
  const price = BigInt(voucher.price);
  const free = price === 0n;
  const { glyph, word } = VOUCHER[voucher.state];
  return (
    <Inspector title={`Voucher ${voucher.nonce}`} sub={voucher.token === null ? undefined : `#${count(voucher.token)}`}>
      {voucher.token !== null && (
        <InspectorSection art>
          <div className={styles.preview}>
            <Picture path={thumbPath(voucher.token, version, 256)} alt={`#${count(voucher.token)}`} size="9rem" />
          </div>
        </InspectorSection>
      )}
      <InspectorSection>
        <FactRows
          facts={[
            [
              "State",
              <span key="s" className="row">
                <StateGlyph state={glyph} label="" />
                {word}
              </span>,
            ],
            ["For", <HashChip key="f" name="Recipient" value={voucher.recipient} />],
            ["May mint", `${count(voucher.quantity)}, ${free ? "free" : `for ${exactEth(price, 4)} ETH`}`],
            ["From", voucher.valid_from === null ? "now" : dateTime(voucher.valid_from)],
            ["Until", untilOf(voucher)],
            ["Nonce", `${voucher.nonce}, ${voucher.state === "redeemed" ? "used on chain" : "unused on chain"}`],
            ["Transaction", voucher.transaction === null ? null : <HashChip key="t" name="Transaction" value={voucher.transaction} />],
          ]}
        />
      </InspectorSection>
      {voucher.state === "open" && (
        <InspectorSection title={free ? "Redeem it now" : "How it is redeemed"}>
          {free ? (
            <>
              <p className="t2 pretty">The relayer sends it and pays the gas. The token goes to the recipient, as signed.</p>
              <div className={`${styles.stack} ${styles.under}`}>
                <Button icon={RadioTower} isPending={isPending} blocked={relayer ? null : "Start the relayer first."} onPress={onRedeem}>
                  Redeem through the relayer
                </Button>
                {!relayer && <Button onPress={onRelayer}>Open the relayer</Button>}
              </div>
            </>
          ) : (
            <p className="t2 pretty">Its holder sends it and pays {exactEth(price, 4)} ETH. A relayer cannot pay a price for a stranger.</p>
          )}
        </InspectorSection>
      )}
      {voucher.state === "redeemed" && voucher.token === null && (
        <InspectorSection title="What it became">
          <p className="t2 pretty">It is on chain; which token it became is known once the chain is read.</p>
          <div className={`${styles.stack} ${styles.under}`}>
            <Button icon={RefreshCw} isPending={reading} onPress={onRead}>
              Read the chain
            </Button>
          </div>
        </InspectorSection>
      )}
      <InspectorSection title="If the signer’s key leaks">
        <p className="t2 pretty">The contract itself stops at the supply that was signed, and takes each nonce once. Naming another signer is one transaction.</p>
      </InspectorSection>
    </Inspector>
  );
}
