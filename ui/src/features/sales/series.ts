// From rows of facts to lines of a chart. Sums are whole wei; only the drawing knows fractions.
import type { Mint, SaleView } from "../../api/bindings";
import type { Point } from "../../components/chart/scale";

/** Ether for drawing, never for deciding: a millionth is finer than a pixel. */
export function drawable(wei: bigint): number {
  return Number(wei / 10n ** 10n) / 1e8;
}

/** Running totals by block, oldest first, one point a block. */
function running<Row extends { block: string }>(rows: readonly Row[], amount: (row: Row) => bigint): { block: number; total: bigint }[] {
  const byBlock = new Map<string, bigint>();
  for (const row of rows) byBlock.set(row.block, (byBlock.get(row.block) ?? 0n) + amount(row));
  const blocks = [...byBlock.keys()].toSorted((a, b) => Number(BigInt(a) - BigInt(b)));
  let total = 0n;
  return blocks.map((block) => {
    total += byBlock.get(block) ?? 0n;
    return { block: Number(block), total };
  });
}

/** Tokens minted in all, block by block. It begins at zero, one block before the first mint. */
export function soldThrough(mints: readonly Mint[]): Point[] {
  return fromZero(running(mints, (mint) => BigInt(mint.quantity)).map(({ block, total }) => ({ x: block, y: Number(total) })));
}

/** A point with the whole amount it stands for. */
export type MoneyPoint = Point & { readonly wei: bigint };

/** Royalty owed and received, block by block, as two lines over the same blocks. */
export function royalties(sales: readonly SaleView[]): { owed: MoneyPoint[]; received: MoneyPoint[] } {
  const inEther = sales.filter((sale) => sale.currency === "ETH");
  const draw = (amount: (sale: SaleView) => bigint): MoneyPoint[] => {
    const points = running(inEther, amount).map(({ block, total }) => ({ x: block, y: drawable(total), wei: total }));
    const first = points[0];
    return first === undefined ? [] : [{ x: first.x - 1, y: 0, wei: 0n }, ...points];
  };
  return { owed: draw((sale) => BigInt(sale.royalty_owed)), received: draw((sale) => BigInt(sale.royalty_received)) };
}

function fromZero(points: Point[]): Point[] {
  const first = points[0];
  return first === undefined ? [] : [{ x: first.x - 1, y: 0 }, ...points];
}

/** Sales that paid less than was owed, in the order given, and what is missing. */
export function unpaid(sales: readonly SaleView[]): { sales: SaleView[]; missing: bigint } {
  const short = sales.filter((sale) => BigInt(sale.royalty_received) < BigInt(sale.royalty_owed));
  const missing = short
    .filter((sale) => sale.currency === "ETH")
    .reduce((sum, sale) => sum + BigInt(sale.royalty_owed) - BigInt(sale.royalty_received), 0n);
  return { sales: short, missing };
}

/** How many of the tokens are in the hands of so many holders: 1, 2, 3–5, 6–10, more. */
export function spread(holders: readonly { tokens: number }[]): { label: string; holders: number }[] {
  const bands: [string, number, number][] = [
    ["1", 1, 1],
    ["2", 2, 2],
    ["3–5", 3, 5],
    ["6–10", 6, 10],
    ["over 10", 11, Number.POSITIVE_INFINITY],
  ];
  return bands.map(([label, from, to]) => ({ label, holders: holders.filter((holder) => holder.tokens >= from && holder.tokens <= to).length }));
}
