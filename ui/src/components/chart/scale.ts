// Where a value sits on a chart. Drawing only: amounts of money are decided elsewhere, in whole wei.

/** A point of a series in the chart's own units. */
export type Point = { readonly x: number; readonly y: number };

/** The part of the world an axis shows. */
export type Domain = readonly [from: number, to: number];

/** Share of the domain at which `value` sits, 0..1; the middle of a domain without width. */
export function share(value: number, [from, to]: Domain): number {
  return to === from ? 0.5 : Math.min(1, Math.max(0, (value - from) / (to - from)));
}

/**
 * Round steps from 0 up to the first one at or above `max`, at most `most` gridlines above 0.
 * Steps are 1, 2 or 5 times a power of ten, so labels stay short; whole numbers only where things are counted.
 */
export function ticks(max: number, options: { most?: number; whole?: boolean } = {}): number[] {
  const { most = 4, whole = false } = options;
  if (!(max > 0)) return [0, 1];
  let power = Math.floor(Math.log10(max / most));
  if (whole) power = Math.max(0, power);
  for (const factor of [1, 2, 5, 10, 20, 50]) {
    // Powers of ten are multiplied or divided whole, so that 3 × 0.1 does not become 0.30000000000000004.
    const at = (n: number) => (power >= 0 ? n * factor * 10 ** power : (n * factor) / 10 ** -power);
    const count = Math.ceil(max / at(1) - 1e-9);
    if (count <= most) return Array.from({ length: Math.max(count, 1) + 1 }, (_, n) => at(n));
  }
  return [0, max];
}

/** 1-based positions on a horizontal axis of counted things: first, about `most` between, last; each once. */
export function stops(from: number, to: number, most = 4): number[] {
  if (to <= from) return [from];
  const step = Math.max(1, Math.round((to - from) / most));
  const inner: number[] = [];
  for (let at = from + step; at <= to - step / 2; at += step) inner.push(at);
  return [from, ...inner.filter((at) => at !== to), to];
}

const percent = (value: number) => (value * 100).toFixed(2);

/** A path through points, straight between them, in a 100 × 100 box with y upwards. */
export function line(points: readonly Point[], x: Domain, y: Domain): string {
  return points
    .map((point, i) => `${i === 0 ? "M" : "L"}${percent(share(point.x, x))} ${percent(1 - share(point.y, y))}`)
    .join("");
}

/** A path that holds each value until the next point: for things that happen in blocks. It runs on to the axis' end. */
export function steps(points: readonly Point[], x: Domain, y: Domain): string {
  const [first] = points;
  if (first === undefined) return "";
  const rest = points.slice(1).map((point) => `H${percent(share(point.x, x))}V${percent(1 - share(point.y, y))}`);
  return `M${percent(share(first.x, x))} ${percent(1 - share(first.y, y))}${rest.join("")}H100.00`;
}

/** Closes a path down to the bottom of the box, for the quiet fill under it. */
export function area(path: string, from: number): string {
  return path === "" ? "" : `${path}L100.00 100.00L${percent(from)} 100.00Z`;
}
