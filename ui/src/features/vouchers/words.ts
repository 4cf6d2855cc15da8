// The words and shapes of a voucher.
import type { VoucherState, VoucherView } from "../../api/bindings";
import type { Glyph } from "../../components/state-glyph/StateGlyph";
import { dateTime } from "../../shell/moments";

/** "31 Dec 23:59", "no end". */
export function untilOf(voucher: VoucherView): string {
  return voucher.valid_until === null ? "no end" : dateTime(voucher.valid_until);
}

/** The shape and the word of a voucher's state. */
export const VOUCHER: Record<VoucherState, { glyph: Glyph; word: string }> = {
  open: { glyph: "ready", word: "Open" },
  sending: { glyph: "running", word: "Being minted" },
  redeemed: { glyph: "done", word: "Redeemed" },
  cancelled: { glyph: "empty", word: "Cancelled" },
  expired: { glyph: "scheduled", word: "Expired" },
};
