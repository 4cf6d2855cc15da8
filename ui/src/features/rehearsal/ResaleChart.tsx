// What the first sale of each token costs in gas. Ours is flat, by design; a line that rose would be a defect.
import type { ResaleGas } from "../../api/bindings";
import { Chart } from "../../components/chart/Chart";
import { stops, ticks } from "../../components/chart/scale";
import { count } from "../../shell/words";

/** Measured before, with the same compiler, on ERC721A's own transfer: the last token of a batch of 50. */
const ERC721A_AFTER_50 = 206_357;

export function ResaleChart({ resale, className }: { resale: readonly ResaleGas[]; className?: string | undefined }) {
  const points = resale.toSorted((a, b) => a.token - b.token).map(({ token, gas }) => ({ x: token, y: gas }));
  const gas = points.map((point) => point.y);
  const [least, most] = [Math.min(...gas), Math.max(...gas)];
  const first = points[0]?.x ?? 1;
  const last = points.at(-1)?.x ?? 1;
  const lines = ticks(Math.max(most, ERC721A_AFTER_50) * 1.08);
  const flat = least === most ? `${count(most)} gas for every token` : `between ${count(least)} and ${count(most)} gas`;
  const single = first === last;
  return (
    <Chart
      {...(className === undefined ? {} : { className })}
      title="First-resale gas"
      unit="gas by token sold"
      sentence={points.length === 0 ? "Nothing was measured." : `The first sale of a token costs ${flat}.`}
      empty={points.length === 0 ? "Nothing was measured: the plan mints no batch." : undefined}
      x={single ? [first - 1, first + 1] : [first, last]}
      y={[0, lines.at(-1) ?? 1]}
      xLabels={(single ? [first] : stops(first, last)).map((at) => ({ at, text: `#${count(at)}` }))}
      yLabels={lines.map((at) => ({ at, text: at === 0 ? "0" : `${count(at / 1000)}k` }))}
      series={[
        {
          name: "ERC721A",
          tone: "plan",
          shape: "line",
          points: [
            { x: single ? first - 1 : first, y: ERC721A_AFTER_50 },
            { x: single ? first + 1 : last, y: ERC721A_AFTER_50 },
          ],
        },
        { name: "First resale", tone: "actual", shape: "line", points },
      ]}
      labels={[
        { at: { x: single ? first - 1 : first, y: ERC721A_AFTER_50 }, text: "ERC721A, last of a batch of 50: 206,357, measured beforehand", tone: "plan", side: "below-right" },
        { at: { x: last, y: points.at(-1)?.y ?? 0 }, text: least === most ? `${count(most)}, every token` : `${count(least)} to ${count(most)}`, tone: "actual", side: "above-left" },
      ]}
      walk={{ name: "First resale", say: (point) => `#${count(point.x)}, ${count(point.y)} gas` }}
      table={{ head: ["Token", "Gas of its first sale"], rows: points.map((point) => [`#${count(point.x)}`, count(point.y)]) }}
    />
  );
}
