// What the launch has cost, transaction by transaction, against what the rehearsal said.
import type { RehearsedStep, StepView } from "../../api/bindings";
import { Chart, type Label, type Series } from "../../components/chart/Chart";
import { type Point, stops, ticks } from "../../components/chart/scale";
import { eth, gwei } from "../../components/money-line/money";
import { placesFor } from "../../components/money-line/places";
import { shortOf } from "../../components/timeline/plan";
import { count } from "../../shell/words";

/** Ether for drawing; money itself stays whole. */
const drawable = (wei: bigint) => Number(wei / 10n ** 10n) / 1e8;

const nameOf = (step: StepView | undefined) => (step === undefined ? "" : shortOf(step));

/** The running total after each paid step, from nothing. */
export function spentPoints(steps: readonly StepView[]): { point: Point; total: bigint }[] {
  let total = 0n;
  const points = [{ point: { x: 0, y: 0 }, total }];
  steps.forEach((step, i) => {
    if (step.paid === null) return;
    total += BigInt(step.paid);
    points.push({ point: { x: i + 1, y: drawable(total) }, total });
  });
  return points;
}

/** What the rehearsal said each step would add, in the launch's own order; steps it did not know add nothing. */
export function rehearsedPoints(steps: readonly StepView[], rehearsed: readonly RehearsedStep[]): { point: Point; total: bigint }[] {
  const cost = new Map(rehearsed.map((step) => [step.id, BigInt(step.cost)]));
  let total = 0n;
  return [
    { point: { x: 0, y: 0 }, total },
    ...steps.map((step, i) => {
      total += cost.get(step.id) ?? 0n;
      return { point: { x: i + 1, y: drawable(total) }, total };
    }),
  ];
}

export function SpentChart({ steps, rehearsed, fee, budget, className }: {
  steps: readonly StepView[];
  /** Steps of the rehearsal the launch is bound to. */
  rehearsed: readonly RehearsedStep[];
  /** Wei per gas the rehearsal took for typical. */
  fee: string | null;
  budget: string | null;
  className?: string | undefined;
}) {
  const spent = spentPoints(steps);
  const last = spent.at(-1) ?? { point: { x: 0, y: 0 }, total: 0n };
  const limit = budget === null ? null : BigInt(budget);
  const plan = rehearsedPoints(steps, rehearsed);
  const estimate = rehearsed.length === 0 ? null : (plan.at(-1)?.total ?? null);
  // The limit is made from today's fees; an estimate above it was made with higher ones, and would hide what happens.
  const outdone = estimate !== null && limit !== null && estimate > limit;
  const near = outdone ? null : estimate;
  const places = placesFor([last.total, limit ?? 0n, near ?? 0n]);
  const lines = ticks(Math.max(drawable(limit ?? 0n), drawable(near ?? 0n), last.point.y) * 1.02);
  const n = steps.length;
  // Two words at one place would be set over each other.
  const together = near !== null && last.point.x > n * 0.75 && Math.abs(drawable(near) - last.point.y) < (lines.at(-1) ?? 1) * 0.12;
  const series: Series[] = [];
  const labels: Label[] = [];
  if (near !== null) {
    series.push({ name: "Rehearsed", tone: "plan", shape: "line", points: plan.map((one) => one.point) });
    if (!together) labels.push({ at: { x: n, y: drawable(near) }, text: `rehearsed ${eth(near, places)}`, tone: "plan", side: "above-left" });
  }
  if (limit !== null) {
    series.push({ name: "Budget", tone: "limit", shape: "line", points: [{ x: 0, y: drawable(limit) }, { x: n, y: drawable(limit) }] });
    labels.push({ at: { x: 0, y: drawable(limit) }, text: `At most, ${eth(limit, places, "up")}`, tone: "limit", side: "below-right" });
  }
  if (last.total > 0n) series.push({ name: "Spent", tone: "actual", shape: "line", points: spent.map((one) => one.point) });
  if (last.total > 0n) {
    const text = together && near !== null ? `${eth(last.total, places)} spent, ${eth(near, places)} rehearsed` : `${eth(last.total, places)} spent`;
    labels.push({ at: last.point, text, tone: "actual", side: last.point.x > n * 0.35 ? "above-left" : "below-right" });
  }
  return (
    <Chart
      {...(className === undefined ? {} : { className })}
      title="Spent"
      unit={near === null ? "ETH by transaction" : "ETH by transaction, against the rehearsal"}
      sentence={`${eth(last.total, places)} ETH after ${count(last.point.x)} of ${count(n)} transactions.`}
      x={[0, Math.max(n, 1)]}
      y={[0, lines.at(-1) ?? 1]}
      xLabels={stops(0, n).map((at) => ({ at, text: count(at) }))}
      yLabels={lines.map((at) => ({ at, text: at === 0 ? "0" : String(Number(at.toPrecision(4))) }))}
      series={series}
      labels={labels}
      walk={{ name: "Spent", say: (point) => `transaction ${count(point.x)}, ${eth(spent.find((one) => one.point.x === point.x)?.total ?? 0n, places)} ETH` }}
      table={{
        head: ["No.", "Transaction", "Spent in all, ETH"],
        words: [1],
        rows: spent.slice(1).map(({ point, total }) => [count(point.x), nameOf(steps[point.x - 1]), eth(total, places)]),
      }}
      gutter="3.25rem"
      note={outdone && fee !== null ? `The rehearsal took ${gwei(BigInt(fee))} per gas, and ${eth(estimate)} ETH in all. Fees are lower now.` : undefined}
    />
  );
}
