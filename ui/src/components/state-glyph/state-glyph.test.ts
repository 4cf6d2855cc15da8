import { expect, test } from "vitest";
import { arc } from "./StateGlyph";

test("the arc begins at the top, turns clockwise and takes the long way past a half", () => {
  expect(arc(0.25)).toBe("M7 2A5 5 0 0 1 12.00 7.00");
  expect(arc(0.75)).toBe("M7 2A5 5 0 1 1 2.00 7.00");
  expect(arc(2)).toMatch(/^M7 2A5 5 0 1 1 /);
  expect(arc(0), "a beginning shows something").not.toContain("NaN");
});
