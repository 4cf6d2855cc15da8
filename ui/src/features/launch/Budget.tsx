// What was spent of what may be spent at most.
import { Meter } from "../../components/meter/Meter";
import { eth, shareOf } from "../../components/money-line/money";
import { placesFor } from "../../components/money-line/places";
import styles from "./launch.module.css";

export function Budget({ spent, budget, expected, done }: { spent: string; budget: string | null; expected: string | null; done: boolean }) {
  const paid = BigInt(spent);
  const most = budget === null ? null : BigInt(budget);
  const near = expected === null ? null : BigInt(expected);
  const places = placesFor([paid, most ?? 0n, near ?? 0n]);
  const words = most === null ? `${eth(paid, places)} ETH spent` : `${eth(paid, places)} of at most ${eth(most, places, "up")} ETH spent`;
  return (
    <div className={styles.budget}>
      <div>
        <span>Budget, ETH</span>
        <span>
          <b>{eth(paid, places)}</b>
          {most === null ? " spent" : ` of ${eth(most, places, "up")}`}
        </span>
      </div>
      <div className={styles.bar}>
        <Meter thick share={most === null ? 0 : shareOf(paid, most)} name="Spent" valueText={words} />
      </div>
      <div>
        <span>{most === null ? "No limit is set yet" : done ? "Nothing more is spent" : "It stops there"}</span>
        {/* An estimate above the limit was made with other fees; it says nothing about this launch. */}
        {near !== null && !done && (most === null || near <= most) && <span>will end near {eth(near, places)}</span>}
      </div>
    </div>
  );
}
