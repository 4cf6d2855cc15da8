// What a person typed into the voucher form, and what it means. Nothing here signs or sends.
import type { IssueVouchers } from "../../api/bindings";
import { parseEth } from "../../components/money-line/money";

/** Either what was meant, or a sentence that says why it cannot be. */
export type Read<T> = { ok: true; value: T } | { ok: false; problem: string };

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
/** More than there is. Larger amounts are a slip of the keyboard. */
const MOST_ETHER = 10n ** 27n;

/** Addresses from a text: one a line, or with spaces, commas or semicolons between. The first that is none is named by its place. */
export function readRecipients(text: string): Read<string[]> {
  const found = text.split(/[\s,;]+/).filter((part) => part !== "");
  if (found.length === 0) return { ok: false, problem: "Add an address; each gets a voucher." };
  const at = found.findIndex((part) => !ADDRESS.test(part));
  if (at >= 0) {
    const part = found[at] as string;
    const shown = part.length > 20 ? `${part.slice(0, 12)}…` : part;
    return { ok: false, problem: `Entry ${at + 1}, ${shown}, is not an address: an address is 0x and 40 digits.` };
  }
  return { ok: true, value: found };
}

/** Ether as typed, in whole wei. */
export function readEther(text: string): Read<bigint> {
  const trimmed = text.trim();
  const amount = parseEth(trimmed);
  if (amount === null) {
    if (/^\d*\.\d{19,}$/.test(trimmed)) return { ok: false, problem: "ETH has 18 decimals; this has more." };
    if (/^\d*,\d*$/.test(trimmed)) return { ok: false, problem: "Write the amount with a point, such as 0.04." };
    return { ok: false, problem: "Write an amount in ETH, such as 0.04." };
  }
  if (amount >= MOST_ETHER) return { ok: false, problem: "That is more ETH than exists." };
  return { ok: true, value: amount };
}

/** A whole number from `least` to `most`. */
export function readWhole(text: string, what: string, least: number, most: number): Read<number> {
  const trimmed = text.trim();
  const value = /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (!(value >= least)) return { ok: false, problem: `${what} is a whole number from ${least}.` };
  if (value > most) return { ok: false, problem: `${what} is at most ${most}.` };
  return { ok: true, value };
}

/** The form as typed. */
export type VoucherForm = { recipients: string; quantity: string; price: string; days: string };

/** The form as understood: one answer per field, and the request once all are good. */
export type VoucherReading = {
  recipients: Read<string[]>;
  quantity: Read<number>;
  price: Read<bigint>;
  days: Read<number | null>;
  /** What does not fit although each field is good by itself. */
  problem: string | null;
  request: IssueVouchers | null;
};

const MOST_DAYS = 3650;

/** Reads the whole form against what is left for vouchers. An empty number of days means no end. */
export function readVoucherForm(form: VoucherForm, left: number): VoucherReading {
  const recipients = readRecipients(form.recipients);
  const quantity = readWhole(form.quantity, "The number of tokens", 1, Math.max(left, 1));
  const price = readEther(form.price);
  const days: Read<number | null> = form.days.trim() === "" ? { ok: true, value: null } : readWhole(form.days, "The number of days", 1, MOST_DAYS);
  const reading = { recipients, quantity, price, days };
  if (!recipients.ok || !quantity.ok || !price.ok || !days.ok) return { ...reading, problem: null, request: null };
  const wanted = recipients.value.length * quantity.value;
  if (wanted > left) {
    const tokens = wanted === 1 ? "1 token" : `${wanted} tokens`;
    return { ...reading, problem: `This would promise ${tokens}, and ${left} are left for vouchers.`, request: null };
  }
  const request = { recipients: recipients.value, quantity: quantity.value, price: price.value.toString(), days: days.value };
  return { ...reading, problem: null, request };
}
