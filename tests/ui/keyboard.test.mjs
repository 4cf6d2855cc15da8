// From the shelf to a planned drop without a mouse.
import assert from "node:assert/strict";
import { journey } from "./window.mjs";

journey("a drop is planned with the keyboard alone", async (window) => {
  const { page } = window;
  const { keyboard } = page;
  await page.getByRole("heading", { name: "From a folder of layers to a collection" }).waitFor();
  await tabTo(page, "Open the sample");
  await keyboard.press("Enter");
  await page.getByRole("navigation", { name: "Steps" }).waitFor();
  await window.at("Artwork");
  await keyboard.press("Control+2");
  await window.at("Tokens");
  await tabTo(page, "Plan 100");
  assert.equal(await ring(page), true, "what has the focus shows it");
  await keyboard.press("Enter");
  await window.until("tokens", (table) => table.count === 100, "the plan is made");
  const grid = page.getByRole("grid", { name: "Tokens, rarest first" });
  await grid.waitFor();

  await keyboard.press("Control+k");
  await keyboard.type("artwork");
  await page.getByRole("menuitem", { name: /^Artwork/ }).first().waitFor();
  await keyboard.press("Enter");
  await window.at("Artwork");
  await keyboard.press("Control+Enter");
  await window.until("artwork", (view) => view.rendered > 0, "Ctrl Enter does what is next: render", { timeout: 60_000 });
});

/** Presses Tab until the focus is on a control of that name. */
async function tabTo(page, name) {
  const passed = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "");
    if (here.startsWith(name)) return;
    passed.push(here);
  }
  assert.fail(`Tab never reaches “${name}”; it went by ${JSON.stringify(passed)}`);
}

/** True where the focused element draws an outline or a ring. */
function ring(page) {
  return page.evaluate(() => {
    const style = getComputedStyle(document.activeElement);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  });
}
