import { expect, test } from "vitest";
import type { JobState, JobView } from "../../api/bindings";
import { byDay, standing } from "./jobs";

const job = (state: JobState, updated_at = "2026-11-25T12:00:00"): JobView => ({
  id: state + updated_at, kind: "render", title: "Render", step: "Artwork", state, done: 0, total: 0, per_minute: null, seconds_left: null,
  picked_up_at: null, outcome: null, error: null, can_pause: true, started_at: "", updated_at,
});

test.each([
  [["running", "queued", "failed"], "2 running, 1 needs you"],
  [["paused", "failed", "failed"], "1 paused, 2 need you"],
  [["done", "cancelled"], "nothing running"],
] as [JobState[], string][])("%o", (states, expected) => {
  expect(standing(states.map((state) => job(state)))).toBe(expected);
});

test("what has ended is listed under its day, the last to end first, however the list began", () => {
  const days = byDay(
    [job("running"), job("done", "2026-11-25T12:04:00"), job("done", "2026-11-24T09:00:00"), job("cancelled", "2026-11-25T11:48:00"), job("failed")],
    new Date("2026-11-25T15:00:00"),
  );
  expect(days.map(({ day, jobs }) => [day, jobs.length])).toEqual([["Today", 2], ["Yesterday", 1]]);
});
