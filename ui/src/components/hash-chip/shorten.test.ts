import { expect, test } from "vitest";
import { aloud, inFours, shorten } from "./shorten";

const ADDRESS = "0x7c3A4b1D09f277E0a5C638d4E19b2F60c8B791eF";

test.each([
  [ADDRESS, "0x7c3A…91eF"],
  ["bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4sq4zm", "bafkrei…q4zm"],
  ["b7e1c0ffee00000000000000000040ac", "b7e1…40ac"],
  ["0x1234", "0x1234"],
  ["", ""],
])("shorten(%s)", (value, expected) => {
  expect(shorten(value)).toBe(expected);
});

test("a reader hears the ends, an eye sees all of it in fours", () => {
  expect(aloud(ADDRESS)).toBe("starts 7c3A, ends 91eF");
  expect(inFours("0x7c3A4b1D09")).toBe("0x7c3A 4b1D 09");
});
