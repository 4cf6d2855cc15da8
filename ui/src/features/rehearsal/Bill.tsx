// Who pays what. The launch's own bill adds up to its total; what others pay later stands under it.
import type { RehearsalReport } from "../../api/bindings";
import { eth, gwei } from "../../components/money-line/money";
import { placesFor } from "../../components/money-line/places";
import { Section } from "../../components/section/Section";
import { counted } from "../../shell/words";
import { type BillLine, billOf, lowFee, othersOf } from "./costs";
import styles from "./rehearsal.module.css";

const gas = (amount: bigint) => amount.toLocaleString("en");

export function Bill({ report }: { report: RehearsalReport }) {
  const own = billOf(report.steps);
  const others = othersOf(report);
  const low = lowFee(report);
  const places = placesFor([...own, ...others].map((line) => line.typical));
  const row = (line: BillLine, who: boolean) => (
    <tr key={line.what}>
      <th scope="row">
        {line.what}
        {who && <span className={styles.who}>{line.who}</span>}
      </th>
      <td className="t2">{gas(line.gas)}</td>
      <td className="t2">{low !== null && eth(line.gas * low, places)}</td>
      <td>{eth(line.typical, places)}</td>
      <td aria-label="part of the total below" />
    </tr>
  );
  return (
    <Section title="Bill" note={`${gwei(BigInt(report.fee_typical))} per gas; ${report.fee_source.charAt(0).toLowerCase()}${report.fee_source.slice(1)}`}>
      <table className={styles.bill} aria-label="Bill, ETH">
        <thead>
          <tr>
            <th scope="col">ETH, by what is done</th>
            <th scope="col">Gas</th>
            <th scope="col">Low</th>
            <th scope="col">Typical</th>
            <th scope="col">At most</th>
          </tr>
        </thead>
        <tbody>
          {own.map((line) => row(line, false))}
          <tr className={styles.total}>
            <th scope="row">
              You
              <span className={styles.who}>{counted(report.steps.length, "transaction")}</span>
            </th>
            <td>{gas(BigInt(report.gas))}</td>
            <td>{eth(BigInt(report.cost_low), places)}</td>
            <td>{eth(BigInt(report.cost_typical), places)}</td>
            <td>{eth(BigInt(report.cost_at_most), places, "up")}</td>
          </tr>
          {others.map((line) => row(line, true))}
        </tbody>
      </table>
    </Section>
  );
}
