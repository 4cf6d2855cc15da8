import { describe, expect, test } from "vitest";
import { eth, exactEth, gwei, parseEth, shareOf, wei } from "./money";

describe("eth", () => {
  test.each([
    ["84000000000000000", "0.0840"],
    ["1100000000000000", "0.0011"],
    ["1149999999999999", "0.0011"],
    ["1150000000000000", "0.0012"],
    ["0", "0.0000"],
    ["1", "<0.0001"],
    ["49999999999999", "<0.0001"],
    ["50000000000000", "0.0001"],
    ["1234567000000000000000000", "1,234,567.0000"],
    ["-84000000000000000", "\u22120.0840"],
    ["115792089237316195423570985008687907853269984665640564039457584007913129639935", "115,792,089,237,316,195,423,570,985,008,687,907,853,269,984,665,640,564,039,457.5840"],
  ])("%s wei reads %s", (amount, expected) => {
    expect(eth(BigInt(amount))).toBe(expected);
  });

  test("at most never shows less than it is", () => {
    expect(eth(131_000_000_000_000_001n, 4, "up")).toBe("0.1311");
    expect(eth(131_000_000_000_000_000n, 4, "up")).toBe("0.1310");
    expect(eth(1n, 4, "up"), "one wei is not nothing").toBe("0.0001");
  });
});

test("a quote shows every digit that counts and no more", () => {
  expect(exactEth(1_340_000_000_000_000n)).toBe("0.00134");
  expect(exactEth(1n)).toBe("0.000000000000000001");
  expect(exactEth(10n ** 18n)).toBe("1");
  expect(exactEth(10n ** 18n, 2)).toBe("1.00");
});

test.each([
  ["0.03", 30_000_000_000_000_000n],
  ["1", 10n ** 18n],
  [".5", 5n * 10n ** 17n],
  ["1.", 10n ** 18n],
  ["0.000000000000000001", 1n],
  ["0.0000000000000000001", null],
  ["1e3", null],
  ["-1", null],
  ["", null],
  [".", null],
  ["0,03", null],
])("parseEth(%s)", (text, expected) => {
  expect(parseEth(text)).toBe(expected);
});

test("what is typed and shown is the same wei", () => {
  for (const amount of [0n, 1n, 999n, 123_456_789_012_345_678n, 10n ** 18n, 7n * 10n ** 20n + 3n]) {
    expect(parseEth(exactEth(amount).replaceAll(",", "")), String(amount)).toBe(amount);
  }
});

test("fees, shares and strings that are no amounts", () => {
  expect(gwei(8_500_000_000n)).toBe("8.5 gwei");
  expect(gwei(1n)).toBe("<0.1 gwei");
  expect(shareOf(57_200n, 131_000n)).toBeCloseTo(0.4366, 4);
  expect(shareOf(1n, 0n), "no budget is no bar").toBe(0);
  expect(wei("12.5")).toBeNull();
  expect(wei("12")).toBe(12n);
});
