// Two lines: what was minted, and what royalties came. Every point has its row in the table behind.
import type { Mint, SaleView, SalesTotals } from "../../api/bindings";
import { Chart } from "../../components/chart/Chart";
import { type Domain, type Point, ticks } from "../../components/chart/scale";
import { eth } from "../../components/money-line/money";
import { placesFor } from "../../components/money-line/places";
import { count } from "../../shell/words";
import { royalties, soldThrough } from "./series";

/** The blocks both charts show: from before the first mint to the newest block read. */
function blocksOf(mints: readonly Mint[], points: readonly Point[], newest: string | null): Domain {
  const from = [...mints.map((mint) => Number(mint.block) - 1), ...points.map((point) => point.x)];
  const first = from.length === 0 ? 0 : Math.min(...from);
  const last = Math.max(first + 1, points.at(-1)?.x ?? 0, newest === null ? 0 : Number(newest));
  return [first, last];
}

function blockLabels([from, to]: Domain): { at: number; text: string }[] {
  const middle = Math.round((from + to) / 2);
  const between = to - from >= 4 ? [{ at: middle, text: count(middle) }] : [];
  return [{ at: from, text: `block ${count(from)}` }, ...between, { at: to, text: count(to) }];
}

export function MintedChart({ mints, totals, block }: { mints: readonly Mint[]; totals: SalesTotals; block: string | null }) {
  const points = soldThrough(mints);
  const x = blocksOf(mints, points, block);
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
function onAxis(value: number): string {
  return value === 0 ? "0" : String(Number(value.toPrecision(4)));
}

export function RoyaltyChart({ sales, mints, block }: { sales: readonly SaleView[]; mints: readonly Mint[]; block: string | null }) {
  const { owed, received } = royalties(sales);
  const x = blocksOf(mints, owed, block);
  // Nothing was owed before the first sale: the lines lie on the axis until then.
  const since = (points: readonly Point[]) => [{ x: x[0], y: 0 }, ...points];
  const owes = owed.at(-1) ?? { y: 0, wei: 0n };
  const got = received.at(-1) ?? { y: 0, wei: 0n };
  const places = placesFor([owes.wei, got.wei]);
  const ether = (wei: bigint) => eth(wei, places);
  const lines = ticks(owes.y * 1.1, { most: 3 });
  const same = owes.wei === got.wei;
  return (
    <Chart
      title="Royalty"
      unit="ETH, owed and received"
      sentence={`${ether(got.wei)} ETH of ${ether(owes.wei)} ETH came in.`}
      empty={owed.length === 0 ? "No sales yet." : undefined}
      x={x}
      y={[0, lines.at(-1) ?? 1]}
      xLabels={blockLabels(x)}
      yLabels={lines.map((at) => ({ at, text: onAxis(at) }))}
      series={[
        { name: "Owed", tone: "plan", shape: "steps", points: since(owed) },
        { name: "Received", tone: "actual", shape: "steps", points: since(received), filled: true },
      ]}
      labels={[
        ...(same ? [] : [{ at: { x: x[1], y: owes.y }, text: `owed ${ether(owes.wei)}`, tone: "plan", side: "above-left" } as const]),
        { at: { x: x[1], y: same ? got.y : got.y * 0.4 }, text: same ? `owed and received ${ether(got.wei)}` : `received ${ether(got.wei)}`, tone: "actual", side: "above-left" },
      ]}
      walk={{ name: "Received", say: (point) => `block ${count(point.x)}, ${ether(received.find((one) => one.x === point.x)?.wei ?? 0n)} ETH received` }}
      table={{
        head: ["Block", "Owed, ETH", "Received, ETH"],
        rows: owed.map((point, i) => [count(point.x), ether(point.wei), ether(received[i]?.wei ?? 0n)]),
      }}
    />
  );
}
