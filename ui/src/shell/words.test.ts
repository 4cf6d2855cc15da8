import { expect, test } from "vitest";
import { bytes, counted, day, fileName, lasting, percent } from "./words";

const local = (text: string) => new Date(text).toISOString();

test.each([
  [local("2026-11-25T14:52:00"), "14:52 today"],
  [local("2026-11-24T23:59:00"), "yesterday"],
  [local("2026-11-22T10:00:00"), "Sun"],
  [local("2026-11-12T10:00:00"), "12 Nov"],
  [local("2025-11-12T10:00:00"), "12 Nov 2025"],
  ["not a date", "not a date"],
])("day(%s) is %s", (at, expected) => {
  expect(day(at, new Date("2026-11-25T15:00:00"))).toBe(expected);
});

test("figures carry separators and their unit in the right number", () => {
  expect(counted(1, "token")).toBe("1 token");
  expect(counted(10_000, "token")).toBe("10,000 tokens");
  expect(percent(640)).toBe("6.4 %");
  expect(percent(2)).toBe("0.0 %");
  expect(bytes("38000000")).toBe("38 MB");
  expect([12, 120, 3_900].map(lasting)).toEqual(["12 s", "2 min", "1 h 5 min"]);
});

test("a folder's name is its last part on both kinds of path", () => {
  expect(fileName("/home/ada/Art/tidepool/")).toBe("tidepool");
  expect(fileName("C:\\Art\\tidepool")).toBe("tidepool");
});
