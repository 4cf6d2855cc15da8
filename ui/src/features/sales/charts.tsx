// Two lines: what was minted, and what royalties came. Every point has its row in the table behind.
import type { Mint, SaleView, SalesTotals } from "../../api/bindings";
import { Chart } from "../../components/chart/Chart";
import { type Domain, type Point, ticks } from "../../components/chart/scale";
import { count } from "../../shell/words";
import { royalties, soldThrough } from "./series";

/** The blocks an axis shows; one block alone gets room at both sides. */
function blocksOf(points: readonly Point[], newest: string | null): Domain {
  const first = points[0]?.x ?? 0;
  const last = Math.max(points.at(-1)?.x ?? 1, newest === null ? 0 : Number(newest));
  return last > first ? [first, last] : [first, first + 1];
}

function blockLabels([from, to]: Domain): { at: number; text: string }[] {
  const middle = Math.round((from + to) / 2);
  const between = to - from >= 4 ? [{ at: middle, text: count(middle) }] : [];
  return [{ at: from, text: `block ${count(from)}` }, ...between, { at: to, text: count(to) }];
}

export function MintedChart({ mints, totals, block }: { mints: readonly Mint[]; totals: SalesTotals; block: string | null }) {
  const points = soldThrough(mints);
  const x = blocksOf(points, block);
  const lines = ticks(Math.max(totals.planned, totals.minted, 1), { whole: true, most: 2 });
  const last = points.at(-1);
  return (
    <Chart
      title="Minted"
      unit="tokens, by block"
      sentence={`${count(totals.minted)} of ${count(totals.planned)} tokens are minted.`}
      empty={points.length === 0 ? "No mints yet." : undefined}
      x={x}
      y={[0, lines.at(-1) ?? 1]}
      xLabels={blockLabels(x)}
      yLabels={lines.map((at) => ({ at, text: count(at) }))}
      series={[
        { name: "Planned", tone: "plan", shape: "line", points: [{ x: x[0], y: totals.planned }, { x: x[1], y: totals.planned }] },
        { name: "Minted", tone: "actual", shape: "steps", points, filled: true },
      ]}
      labels={[
        { at: { x: x[0], y: totals.planned }, text: `planned ${count(totals.planned)}`, tone: "plan", side: "below-right" },
        ...(last === undefined ? [] : [{ at: { x: x[1], y: last.y }, text: count(last.y), tone: "actual", side: "below-left" } as const]),
      ]}
      walk={{ name: "Minted", say: (point) => `block ${count(point.x)}, ${count(point.y)} minted` }}
      table={{ head: ["Block", "Minted in all"], rows: points.map((point) => [count(point.x), count(point.y)]) }}
    />
  );
}

/** Ether on an axis: as many decimals as its steps need. */
function ether(value: number): string {
  return value === 0 ? "0" : String(Number(value.toPrecision(4)));
}

export function RoyaltyChart({ sales, block }: { sales: readonly SaleView[]; block: string | null }) {
  const { owed, received } = royalties(sales);
  const x = blocksOf(owed, block);
  const owes = owed.at(-1)?.y ?? 0;
  const got = received.at(-1)?.y ?? 0;
  const lines = ticks(owes, { most: 3 });
  const same = owes === got;
  return (
    <Chart
      title="Royalty"
      unit="ETH, owed and received"
      sentence={`${ether(got)} ETH of ${ether(owes)} ETH came in.`}
      empty={owed.length === 0 ? "No sales yet." : undefined}
      x={x}
      y={[0, lines.at(-1) ?? 1]}
      xLabels={blockLabels(x)}
      yLabels={lines.map((at) => ({ at, text: ether(at) }))}
      series={[
        { name: "Owed", tone: "plan", shape: "steps", points: owed },
        { name: "Received", tone: "actual", shape: "steps", points: received, filled: true },
      ]}
      labels={[
        ...(same ? [] : [{ at: { x: x[1], y: owes }, text: `owed ${ether(owes)}`, tone: "plan", side: "below-left" } as const]),
        { at: { x: x[1], y: got }, text: same ? `owed and received ${ether(got)}` : `received ${ether(got)}`, tone: "actual", side: "below-left" },
      ]}
      walk={{ name: "Received", say: (point) => `block ${count(point.x)}, ${ether(point.y)} ETH received` }}
      table={{
        head: ["Block", "Owed, ETH", "Received, ETH"],
        rows: owed.map((point, i) => [count(point.x), ether(point.y), ether(received[i]?.y ?? 0)]),
      }}
    />
  );
}
