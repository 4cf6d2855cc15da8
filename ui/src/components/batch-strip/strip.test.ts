import { expect, test } from "vitest";
import type { BatchView, StepState } from "../../api/bindings";
import { label, legend, summary } from "./strip";

const batches = (states: StepState[]): BatchView[] => states.map((state, i) => ({ number: i + 1, state, first_token: i * 10 + 1, last_token: i * 10 + 10 }));

test("the strip says how many stand where, in the order of proof", () => {
  const some = batches(["planned", "final", "sent", "final"]);
  expect(summary(some)).toBe("4 batches: 2 final, 1 sent, 1 planned");
  expect(legend(some).map(([state]) => state)).toEqual(["final", "sent", "planned"]);
  expect(label(some[1] as BatchView)).toBe("Batch 2, #11–20, final");
});
