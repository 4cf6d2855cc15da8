// Text at 200 %: everything grows, nothing leaves the window sideways.
import assert from "node:assert/strict";
import { journey, STEPS } from "./window.mjs";

journey("text at twice its size stays inside the window", async (window) => {
  const { page } = window;
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  await inside(window, "home");
  await window.openSample();
  await window.ask("plan_tokens");
  for (const step of [...STEPS, "Settings"]) {
    await window.go(step);
    await inside(window, step.toLowerCase());
  }
  // What stands beside the stage becomes a drawer, and holds all of it.
  await window.go("Artwork");
  await window.press("Details", window.stage);
  await window.inspector.getByRole("heading", { name: "Target" }).waitFor();
  await inside(window, "details");
  await page.keyboard.press("Escape");
  await window.inspector.waitFor({ state: "hidden" });
  const rules = window.stage.getByRole("heading", { name: "Rules" });
  await page.mouse.move(640, 600);
  // By wheel, as a hand does it: first the column's own end, then the stage's.
  for (let turns = 0; turns < 40 && !(await reachable(rules)); turns += 1) {
    await page.mouse.wheel(0, 400);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
  assert.ok(await reachable(rules), "the rules below the columns can be scrolled to");
});

async function inside(window, name) {
  await window.look(`large-text-${name}`, { axe: false });
  const over = await window.page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const frame = document.querySelector("#root > *") ?? document.body;
    const outside = [...document.querySelectorAll("header, nav, main, aside, footer")]
      .filter((one) => one.getClientRects().length > 0)
      .map((one) => ({ what: `${one.tagName} ${one.getAttribute("aria-label") ?? ""}`, ...one.getBoundingClientRect().toJSON() }))
      .filter(({ left, right }) => left < -1 || right > clientWidth + 1);
    return { page: scrollWidth - clientWidth, frame: frame.scrollWidth - frame.clientWidth, outside };
  });
  assert.deepEqual(over, { page: 0, frame: 0, outside: [] }, `the frame of ${name} is no wider than the window`);
}

/** True where nothing lies over the middle of it. */
function reachable(locator) {
  return locator.evaluate((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
}
