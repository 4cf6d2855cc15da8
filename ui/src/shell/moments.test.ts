import { expect, it } from "vitest";
import { clockSeconds, dateTime } from "./moments";

const now = new Date(2026, 10, 25);

it("says day and hour, and the year only where it is another", () => {
  expect(dateTime(new Date(2026, 10, 25, 14, 4).toISOString(), now), "this year").toBe("25 Nov 14:04");
  expect(dateTime(new Date(2025, 0, 2, 9, 30).toISOString(), now), "last year").toBe("2 Jan 2025 09:30");
});

it("leaves what is no moment as it is", () => {
  expect(dateTime("block 1220", now), "a block").toBe("block 1220");
  expect(clockSeconds("soon"), "a word").toBe("soon");
});

it("knows seconds", () => {
  expect(clockSeconds(new Date(2026, 10, 25, 14, 34, 51).toISOString()), "to the second").toBe("14:34:51");
});
