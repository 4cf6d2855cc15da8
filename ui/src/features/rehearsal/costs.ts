// The bill of a rehearsal, from its steps. Sums are whole gas and whole wei.
import type { RehearsalReport, RehearsedStep, StepGroup } from "../../api/bindings";
import { GROUPS } from "../../components/timeline/plan";

/** What each group of the timeline does, as the bill says it. */
const WORK: Record<StepGroup, string> = { prepare: "Deploy and create", airdrop: "Mint the batches", after: "Freeze and finish" };

/** One line of the bill. */
export type BillLine = { what: string; who: string; gas: bigint; typical: bigint };

/** What each group costs, and who pays; groups without steps are left out. */
export function billOf(steps: readonly RehearsedStep[]): BillLine[] {
  return GROUPS.flatMap(({ group }) => {
    const own = steps.filter((step) => step.group === group);
    if (own.length === 0) return [];
    const who = [...new Set(own.map((step) => step.actor))].join(", ");
    return [{ what: WORK[group], who, gas: sum(own.map((step) => step.gas)), typical: sum(own.map((step) => step.cost)) }];
  });
}

/** What others pay who come later: a collector with a voucher, the first who sells. Gas times the typical fee. */
export function othersOf(report: RehearsalReport): BillLine[] {
  const fee = BigInt(report.fee_typical);
  const line = (what: string, who: string, gas: bigint): BillLine => ({ what, who, gas, typical: gas * fee });
  const dearest = report.resale.reduce((most, { gas }) => Math.max(most, gas), 0);
  return [
    ...(report.voucher_gas === null ? [] : [line("Redeem a voucher", "its sender", BigInt(report.voucher_gas))]),
    ...(dearest === 0 ? [] : [line("First resale", "per token", BigInt(dearest))]),
  ];
}

/** Wei per gas of the low estimate, where the total is that fee times all gas; null where it is not a plain fee. */
export function lowFee(report: Pick<RehearsalReport, "gas" | "cost_low">): bigint | null {
  const [gas, cost] = [BigInt(report.gas), BigInt(report.cost_low)];
  return gas > 0n && cost % gas === 0n ? cost / gas : null;
}

/** Sum of decimal strings. */
export function sum(amounts: readonly string[]): bigint {
  return amounts.reduce((total, amount) => total + BigInt(amount), 0n);
}
