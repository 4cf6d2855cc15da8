import { expect, test } from "vitest";
import type { JobView } from "../../api/bindings";
import { progress } from "./progress";

const job = (change: Partial<JobView>): JobView => ({
  id: "1", kind: "store", title: "Store", step: "Storage", state: "running", done: 1_436, total: 2_003, per_minute: null, seconds_left: null,
  picked_up_at: null, outcome: null, error: null, can_pause: true, started_at: "", updated_at: "", ...change,
});

test.each([
  [{ per_minute: 300, seconds_left: 120 }, "1,436 of 2,003 · 5 a second · 2 min left"],
  [{ per_minute: 40 }, "1,436 of 2,003 · 40 a minute"],
  [{}, "1,436 of 2,003"],
  [{ picked_up_at: 300 }, "1,436 of 2,003 · picked up at 300 after the restart"],
  [{ state: "paused" as const, per_minute: 300 }, "1,436 of 2,003"],
  [{ state: "queued" as const, done: 0, total: 0 }, "waits its turn"],
])("%o", (change, expected) => {
  expect(progress(job(change))).toBe(expected);
});
