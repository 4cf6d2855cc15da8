// Wei as people read it. Whole numbers throughout: an amount that was rounded says so by its place, never by a float.

const WEI = 18n;
const ONE = 10n ** WEI;

/** Whole wei from a decimal string; null where it is not one. */
export function wei(text: string): bigint | null {
  return /^-?\d+$/.test(text) ? BigInt(text) : null;
}

/**
 * Wei as ETH with exactly `places` decimals. Halves round up in value; `mode: "up"` never shows less than it is
 * (for "at most"). What would vanish is shown as "<0.0001".
 */
export function eth(amount: bigint, places = 4, mode: "near" | "up" = "near"): string {
  const negative = amount < 0n;
  const size = negative ? -amount : amount;
  const unit = 10n ** (WEI - BigInt(places));
  const rounded = mode === "up" ? (size + unit - 1n) / unit : (size + unit / 2n) / unit;
  if (rounded === 0n && size > 0n) return `<${"0."}${"0".repeat(places - 1)}1`;
  return `${negative ? "\u2212" : ""}${decimals(rounded, places)}`;
}

/** Wei as ETH with as many decimals as it needs, at least `least`. For quotes and what is typed. */
export function exactEth(amount: bigint, least = 0): string {
  const negative = amount < 0n;
  const text = decimals(negative ? -amount : amount, Number(WEI));
  const [whole = "0", fraction = ""] = text.split(".");
  const needed = fraction.replace(/0+$/, "").padEnd(least, "0");
  return `${negative ? "\u2212" : ""}${whole}${needed === "" ? "" : `.${needed}`}`;
}

/** "0.03" → wei; null where it is no amount or finer than a wei. */
export function parseEth(text: string): bigint | null {
  const match = /^(\d+)?(?:\.(\d{0,18}))?$/.exec(text.trim());
  if (match === null || (match[1] === undefined && (match[2] ?? "") === "")) return null;
  return BigInt(match[1] ?? "0") * ONE + BigInt((match[2] ?? "").padEnd(Number(WEI), "0"));
}

/** Wei per gas as "8.5 gwei". */
export function gwei(amount: bigint): string {
  const tenths = (amount + 5n * 10n ** 7n) / 10n ** 8n;
  return tenths === 0n && amount > 0n ? "<0.1 gwei" : `${tenths / 10n}.${tenths % 10n} gwei`;
}

/** Share of two amounts, 0..1, good to a ten-thousandth: for bars only. */
export function shareOf(part: bigint, whole: bigint): number {
  return whole <= 0n ? 0 : Number((part * 10_000n) / whole) / 10_000;
}

function decimals(scaled: bigint, places: number): string {
  const digits = scaled.toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ",");
  return places === 0 ? whole : `${whole}.${digits.slice(-places)}`;
}
