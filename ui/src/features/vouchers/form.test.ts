import { describe, expect, it } from "vitest";
import { readEther, readRecipients, readVoucherForm, readWhole } from "./form";

const ADA = "0x2Be70a0000000000000000000000000000a0C4a0";
const BEA = "0xd410000000000000000000000000000000006f2b";

describe("readEther", () => {
  it.each([
    ["0", 0n],
    ["1", 1_000_000_000_000_000_000n],
    ["0.04", 40_000_000_000_000_000n],
    [".5", 500_000_000_000_000_000n],
    ["2.", 2_000_000_000_000_000_000n],
    [" 0.000000000000000001 ", 1n],
    // A float would say 1000000000000000128.
    ["1.000000000000000001", 1_000_000_000_000_000_001n],
  ])("reads %j", (text, wei) => {
    expect(readEther(text), "in whole wei").toEqual({ ok: true, value: wei });
  });

  it.each(["", ".", "abc", "-1", "1e3", "0x10", "1 000"])("refuses %j", (text) => {
    expect(readEther(text).ok, "not an amount").toBe(false);
  });

  it("says what is wrong with an amount", () => {
    expect(readEther("0,04"), "a comma").toEqual({ ok: false, problem: "Write the amount with a point, such as 0.04." });
    expect(readEther("0.0000000000000000001"), "19 decimals").toMatchObject({ problem: "ETH has 18 decimals; this has more." });
    expect(readEther("1000000000"), "ten digits").toMatchObject({ problem: "That is more ETH than exists." });
  });
});

describe("readRecipients", () => {
  it("takes lines, spaces, commas and repeats", () => {
    expect(readRecipients(`${ADA}\n${BEA}, ${ADA};`), "three vouchers, two for Ada").toEqual({ ok: true, value: [ADA, BEA, ADA] });
  });
  it("names the first entry that is none", () => {
    expect(readRecipients(`${ADA}\n0x12`), "the second").toMatchObject({ ok: false, problem: expect.stringContaining("Entry 2, 0x12,") });
  });
  it("asks for one at least", () => {
    expect(readRecipients(" \n "), "empty").toMatchObject({ ok: false });
  });
});

describe("readWhole", () => {
  it("keeps within its limits", () => {
    expect(readWhole("3", "It", 1, 5), "inside").toEqual({ ok: true, value: 3 });
    expect(readWhole("0", "It", 1, 5), "below").toMatchObject({ problem: "It is a whole number from 1." });
    expect(readWhole("6", "It", 1, 5), "above").toMatchObject({ problem: "It is at most 5." });
    expect(readWhole("1.5", "It", 1, 5), "a fraction").toMatchObject({ ok: false });
  });
});

describe("readVoucherForm", () => {
  const good = { recipients: `${ADA}\n${BEA}`, quantity: "2", price: "0.04", days: "30" };

  it("makes the request the core takes", () => {
    expect(readVoucherForm(good, 20).request, "wei as a decimal string").toEqual({
      recipients: [ADA, BEA],
      quantity: 2,
      price: "40000000000000000",
      days: 30,
    });
  });

  it("takes no number of days as no end", () => {
    expect(readVoucherForm({ ...good, days: "" }, 20).request?.days, "no end").toBeNull();
  });

  it("does not promise more than is left", () => {
    const reading = readVoucherForm(good, 3);
    expect(reading.request, "nothing is signed").toBeNull();
    expect(reading.problem, "and it says why").toBe("This would promise 4 tokens, and 3 are left for vouchers.");
  });

  it("answers each field by itself", () => {
    const reading = readVoucherForm({ ...good, price: "free" }, 20);
    expect([reading.recipients.ok, reading.price.ok, reading.request], "only the price is bad").toEqual([true, false, null]);
  });
});
