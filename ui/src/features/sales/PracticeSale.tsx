// One sale on the practice market, from listing to royalty, to see the figures move.
import { Store } from "lucide-react";
import { useState } from "react";
import { useAct } from "../../api/mutations";
import { useAsk } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { Field } from "../../components/field/Field";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { exactEth, parseEth } from "../../components/money-line/money";
import { Picture, thumbPath } from "../../components/picture/Picture";
import { type Choice, Select } from "../../components/select/Select";
import { count } from "../../shell/words";
import { platform } from "../../platform/platform";
import styles from "./sales.module.css";

/** Tokens offered in the list: enough to choose from. */
const OFFERED = 200;

export function PracticeSale({ sellable, onClose }: { sellable: readonly number[]; onClose: () => void }) {
  const table = useAsk("tokens").data;
  const [token, setToken] = useState<number | null>(sellable[0] ?? null);
  const [price, setPrice] = useState("0.5");
  const sale = useAct("practice_sale", { quiet: true, onDone: onClose });
  const amount = parseEth(price);
  const good = amount !== null && amount > 0n;
  const choice = (id: number): Choice<string> => {
    const path = table === undefined ? null : thumbPath(id, table.version[id - 1] ?? "");
    return { id: String(id), label: `#${count(id)}`, picture: path === null ? undefined : platform().picture(path) };
  };
  return (
    <Inspector title="Practice sale" sub="no value at stake">
      {token !== null && (
        <InspectorSection art>
          <div className={styles.preview}>
            <Picture path={table === undefined ? null : thumbPath(token, table.version[token - 1] ?? "", 256)} alt={`#${count(token)}`} size="8rem" />
          </div>
        </InspectorSection>
      )}
      <InspectorSection>
        {sellable.length === 0 ? (
          <p className="t2 pretty">The Deployer holds no token that could be sold.</p>
        ) : (
          <div className={styles.form}>
            <Select
              label="Token"
              options={sellable.slice(0, OFFERED).map(choice)}
              value={token === null ? null : String(token)}
              onChange={(id) => setToken(Number(id))}
            />
            <Field label="Price" numeric suffix="ETH" value={price} onChange={setPrice} error={good ? null : "An amount above nothing, such as 0.5."} />
          </div>
        )}
      </InspectorSection>
      <InspectorSection title="What happens">
        <p className="t2 pretty">
          The Deployer lists the token on Seaport, on your own practice chain. An account of that chain buys it. The royalty is paid as the contract asks, and the figures here follow.
        </p>
      </InspectorSection>
      {sale.error !== null && (
        <InspectorSection title="Nothing was sold">
          <p className="pretty">{sale.error.report.message}</p>
          {sale.error.report.hint !== null && <p className={`t2 pretty ${styles.under}`}>{sale.error.report.hint}</p>}
          <p className={`mono t3 ${styles.under}`}>{sale.error.report.code}</p>
        </InspectorSection>
      )}
      <InspectorSection>
        <div className={styles.stack}>
          <Button
            variant="primary"
            icon={Store}
            isPending={sale.isPending}
            blocked={token === null ? "There is nothing to sell." : good ? null : "Give a price first."}
            onPress={() => token !== null && good && sale.mutate({ token, price: amount.toString() })}
          >
            {good && token !== null ? `Sell #${count(token)} for ${exactEth(amount, 2)} ETH` : "Sell"}
          </Button>
          <Button onPress={onClose}>Not now</Button>
        </div>
      </InspectorSection>
    </Inspector>
  );
}
