// Hashes and addresses as a person can hold them: shortened in the middle, in fours when read aloud.

/** "0x7c3A…91eF" (4 after 0x, 4 at the end), "bafkrei…q4zm", "b7e1…40ac". */
export function shorten(value: string): string {
  const head = value.startsWith("0x") ? 6 : /^(baf|Qm)/.test(value) ? 7 : 4;
  return value.length <= head + 5 ? value : `${value.slice(0, head)}…${value.slice(-4)}`;
}

/** "starts 7c3A, ends 91eF": what a reader says instead of forty letters. */
export function aloud(value: string): string {
  const bare = value.replace(/^0x/, "");
  return bare.length <= 9 ? bare : `starts ${bare.slice(0, 4)}, ends ${bare.slice(-4)}`;
}

/** All of it, in fours, so that an eye can keep its place. */
export function inFours(value: string): string {
  const prefix = value.startsWith("0x") ? "0x" : "";
  return `${prefix}${value.slice(prefix.length).match(/.{1,4}/g)?.join(" ") ?? ""}`;
}
