import { memo, useMemo } from "react";
import type { TokensTable } from "../../api/bindings";
import { count } from "../../shell/words";
import { type Watch, useFollowed } from "./grid/cursor";
import type { InView } from "./grid/view";
import type { Order } from "./list";
import { histogram, sayBits } from "./rarity";
import styles from "./tokens.module.css";

const BINS = 62;
/** Ten times a second is as often as words can be read; the canvas beside it moves sixty times. */
const FOLLOW_MS = 100;

/** How rare the shown tokens are; what the window shows is in colour, with its ranks in words. */
export const Histogram = memo(function Histogram({ table, ids, order, inView }: { table: TokensTable; ids: Uint32Array; order: Order; inView: Watch<InView> }) {
  const { bins, most, rarest, commonest } = useMemo(() => histogram(table, ids, BINS), [table, ids]);
  const view = useFollowed(inView, FOLLOW_MS);
  const first = ids[view.first] ?? ids[0] ?? 1;
  const last = ids[Math.min(view.last, ids.length - 1)] ?? first;
  const ranks = [table.rank[first - 1] ?? 0, table.rank[last - 1] ?? 0].toSorted((one, other) => one - other);
  const bits = [table.bits[first - 1] ?? 0, table.bits[last - 1] ?? 0];
  const [low, high] = [Math.min(...bits), Math.max(...bits)];
  const step = (rarest - commonest) / BINS || 1;
  const sorted = order !== "number";
  const words = sorted ? `In view: ranks ${count(ranks[0] ?? 0)}–${count(ranks[1] ?? 0)}` : `In view: #${first}–#${last}`;
  return (
    <figure className={styles.histogram}>
      <svg viewBox={`0 0 ${BINS} 36`} preserveAspectRatio="none" role="img" aria-label={`Rarity of ${count(ids.length)} tokens in bits: the rarest ${sayBits(rarest)}, the most common ${sayBits(commonest)}. ${words}`}>
        {bins.map((bin, index) => {
          const height = bin.count === 0 ? 0 : Math.max(1, (bin.count / most) * 35);
          const here = sorted && bin.from >= low && bin.from - step <= high;
          return <rect key={bin.from} x={index + 0.08} y={36 - height} width={0.84} height={height} data-here={here || undefined} />;
        })}
        <path d={`M0 36H${BINS}`} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption>
        <span>Rarest, {sayBits(rarest)} bits</span>
        <span className="m">{words}</span>
        <span>Most common, {sayBits(commonest)}</span>
      </figcaption>
    </figure>
  );
});
