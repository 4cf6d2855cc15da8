// How many decimals a list of amounts needs so that its small ones do not vanish.

/** Thousandths of an ether, in wei: from here four decimals tell amounts apart. */
const FOUR = 5n * 10n ** 14n;
/** Millionths. */
const SIX = 5n * 10n ** 12n;

/** Decimals for a column: four, and more where the smallest amount (other than nothing) would be "<0.0001". */
export function placesFor(amounts: readonly bigint[]): number {
  const least = amounts.filter((amount) => amount > 0n).reduce<bigint | null>((low, amount) => (low === null || amount < low ? amount : low), null);
  if (least === null || least >= FOUR) return 4;
  return least >= SIX ? 6 : 8;
}
