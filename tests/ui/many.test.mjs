// The sample with a thousand tokens: a long render that stops and goes on when told, and a grid that reaches its end.
import assert from "node:assert/strict";
import { JOB, journey } from "./window.mjs";

journey("a thousand tokens are rendered with a pause and leafed through", async (window) => {
  const { page } = window;
  await window.openSample();
  const supply = window.inspector.getByRole("textbox", { name: "Tokens" });
  await supply.fill("1000");
  await supply.press("Enter");
  await window.press("Plan 1,000", window.stage);
  await window.button("Render 1,000", window.stage).waitFor();
  await window.press("Render 1,000", window.stage);

  await page.keyboard.press("Control+j");
  const panel = page.getByRole("complementary", { name: "Activity" });
  const job = panel.getByRole("article", { name: /^Render/ });
  await job.getByRole("progressbar").waitFor();
  await window.press(/^Pause: Render/, panel);
  const paused = await window.until("jobs", ({ jobs }) => jobs[0].state === "paused", "the render pauses");
  await job.getByText(/, paused$/).waitFor();
  await window.look("many-paused");
  const still = await window.ask("jobs");
  assert.ok(paused.jobs[0].done < 1000, "it paused before its end");
  assert.equal(still.jobs[0].state, "paused", "it stays paused until it is told");
  await window.press(/^Continue: Render/, panel);
  await window.until("artwork", (view) => view.rendered === 1000, "the render goes on to its end", JOB);
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });

  await window.go("Tokens");
  await window.sees("1,000 planned, 1,000 rendered");
  const grid = page.getByRole("grid", { name: "Tokens, rarest first" });
  await window.look("many-tokens");
  await grid.focus();
  await page.keyboard.press("Control+End");
  const table = await window.ask("tokens");
  const last = Array.from({ length: table.count }, (_, index) => index + 1).sort((one, other) => table.rank[one - 1] - table.rank[other - 1] || one - other).at(-1);
  await window.inspector.getByRole("heading", { name: `#${last}`, exact: true }).waitFor();
  assert.ok(await grid.evaluate((one) => one.scrollTop + one.clientHeight >= one.scrollHeight - 80), "the grid follows the focus to its end");
  await window.look("many-tokens-end");
  window.unhindered();
});
