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
