import { type ReactNode } from "react";
import { eth, exactEth, wei } from "./money";

/** An amount as "0.0840 ETH". `amount` is wei as a decimal string; unknown is a phrase, never 0 or a dash. */
export function MoneyLine({ amount, about, atMost, exact, unknown = "after the next block", unit = "ETH", bare, big }: {
  amount: string | null | undefined;
  /** "about", for estimates. */
  about?: boolean;
  /** "at most": rounded up. */
  atMost?: boolean;
  /** Every digit, for quotes. */
  exact?: boolean;
  unknown?: ReactNode;
  unit?: string;
  /** Without the unit: in columns that name it in their head. */
  bare?: boolean;
  big?: boolean;
}) {
  const value = amount === null || amount === undefined ? null : wei(amount);
  if (value === null) return <span className="t3">{unknown}</span>;
  const figure = exact === true ? exactEth(value, 4) : eth(value, 4, atMost === true ? "up" : "near");
  const words = `${about === true ? "about " : ""}${atMost === true ? "at most " : ""}`;
  return (
    <span className={big === true ? "mid nw" : "nw"}>
      {words}
      {figure}
      {bare !== true && (big === true ? <small> {unit}</small> : ` ${unit}`)}
    </span>
  );
}
