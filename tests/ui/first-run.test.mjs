// The first minutes: three ways in, the sample, every step while it is still empty, and everything beside the steps.
import assert from "node:assert/strict";
import { journey } from "./window.mjs";

/** What each step says while there is nothing in it. */
const EMPTY = {
  Artwork: "Plan 100",
  Tokens: "No plan yet",
  Metadata: "No plan yet",
  Storage: "No bundle yet",
  Rehearsal: "Not rehearsed yet",
  Launch: "Before the launch",
  Sales: "Nothing minted yet",
};

journey("a first run shows every screen and no barrier", async (window) => {
  const { page } = window;
  await page.getByRole("heading", { name: "From a folder of layers to a collection" }).waitFor();
  assert.deepEqual((await window.ask("home")).recent, [], "a first run has no project behind it");
  await window.look("home-first-run");

  await page.keyboard.press("Control+n");
  await page.getByRole("dialog", { name: "New drop" }).waitFor();
  await window.look("home-new-drop");
  await page.keyboard.press("Escape");

  await window.openSample();
  for (const [step, words] of Object.entries(EMPTY)) {
    await window.go(step);
    await window.stage.getByText(words).first().waitFor();
    await window.look(`empty-${step.toLowerCase()}`);
  }
  await window.go("Launch");
  await window.go("Vouchers");
  await window.stage.getByText("No vouchers yet").waitFor();
  await window.look("empty-vouchers");

  await window.go("Settings");
  await page.getByRole("grid", { name: "Keys by role" }).waitFor();
  await window.look("settings");

  await page.keyboard.press("Control+j");
  await page.getByRole("complementary", { name: "Activity" }).waitFor();
  await window.look("activity");
  await window.press("Audit log");
  await window.at("Audit log");
  await window.look("audit-log");

  await page.keyboard.press("Control+k");
  const field = page.getByRole("searchbox", { name: "Search or run a command" }).or(page.getByRole("textbox", { name: "Search or run a command" })).or(page.getByRole("combobox", { name: "Search or run a command" }));
  await field.fill("art");
  await page.getByRole("menuitem", { name: /^Artwork/ }).waitFor();
  await window.look("palette");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Shortcuts" }).waitFor();
  await window.look("shortcuts");
  await page.keyboard.press("Escape");

  await window.press(/project menu$/);
  await page.getByRole("menuitem", { name: "All projects" }).click();
  await window.at("Recent");
  await page.getByRole("list", { name: "Recent projects" }).getByRole("button").first().waitFor();
  await window.look("home-shelf");
  window.unhindered();
});
