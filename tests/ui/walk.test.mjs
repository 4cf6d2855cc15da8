// The whole way through visible controls: plan, render, describe, sign, store, rehearse, launch, redeem, sell.
import assert from "node:assert/strict";
import { JOB, journey } from "./window.mjs";

/** An address nobody here holds a key of. */
const COLLECTOR = "0x00000000000000000000000000000000000A7E11";
const ETHER = 10n ** 18n;

journey("a drop is made, launched and sold through visible controls", async (window) => {
  await window.openSample();
  await planAndRender(window);
  await leafThroughTokens(window);
  await describe(window);
  await makeKeys(window);
  await signAndStore(window);
  await rehearse(window);
  await launch(window);
  await redeem(window);
  await sell(window);
  window.unhindered();
});

async function planAndRender(window) {
  const { page } = window;
  await window.press("Plan 100", window.stage);
  await window.button("Render 100", window.stage).waitFor();
  await page.keyboard.press("Control+j");
  await page.getByRole("complementary", { name: "Activity" }).waitFor();
  // What the bar says while it moves, kept by the page itself: no poll is fast enough to be sure.
  await page.evaluate(() => {
    globalThis.told = new Set();
    new MutationObserver(() => {
      for (const bar of document.querySelectorAll('[role="progressbar"]')) globalThis.told.add(bar.getAttribute("aria-valuetext"));
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-valuetext"] });
  });
  // The panel may lie over the button on a narrow window; its key works wherever one is.
  await page.keyboard.press("Control+Enter");
  await window.until("artwork", (view) => view.rendered === 100, "every token is rendered", JOB);
  const told = await page.evaluate(() => [...globalThis.told]);
  assert.ok(told.length > 1, `a render shows how far it is while it runs; its bar said ${JSON.stringify(told)}`);
  await window.look("walk-activity-after-render");
  await page.keyboard.press("Control+j");
  await page.getByRole("complementary", { name: "Activity" }).waitFor({ state: "detached" });
  await window.look("walk-artwork");
}

async function leafThroughTokens(window) {
  const { page } = window;
  await window.go("Tokens");
  await window.sees("100 planned, 100 rendered");
  const grid = page.getByRole("grid", { name: "Tokens, rarest first" });
  await grid.focus();
  const table = await window.ask("tokens");
  const order = Array.from({ length: table.count }, (_, index) => index + 1).sort((one, other) => table.rank[one - 1] - table.rank[other - 1] || one - other);
  const columns = Number(await grid.getAttribute("aria-colcount"));
  assert.ok(columns > 2, "the window is wide enough for several columns");
  for (const [key, index] of [["Home", 0], ["ArrowRight", 1], ["ArrowDown", columns + 1], ["ArrowLeft", columns], ["ArrowUp", 0], ["Control+End", 99], ["Control+Home", 0]]) {
    await page.keyboard.press(key);
    const id = order[index];
    await active(window, (name) => name.startsWith(`#${id}, rank ${table.rank[id - 1]}, `), `${key} goes to token #${id}`);
    await window.inspector.getByRole("heading", { name: `#${id}`, exact: true }).waitFor();
  }
  const first = order[0];
  const worn = table.layers.flatMap((layer) => (layer.traits[layer.column[first - 1]] === undefined ? [] : [`${layer.name} ${layer.traits[layer.column[first - 1]].replaceAll(",", "")}`]));
  await active(window, (name) => name === [`#${first}`, `rank ${table.rank[first - 1]}`, ...worn].join(", "), "a reader hears every trait of the token");
  await window.look("walk-tokens");

  const count = window.stage.getByRole("status").filter({ hasText: /^(\d+ of )?\d+( tokens)?$/ });
  const layer = table.layers[0];
  const trait = layer.counts.findIndex((number) => number > 0 && number < table.count);
  const facet = page.getByRole("checkbox", { name: new RegExp(`^${layer.name}: ${layer.traits[trait]}, ${layer.counts[trait]}$`) });
  // The box itself is drawn by its label.
  await facet.locator("xpath=ancestor::label").click();
  await count.getByText(`${layer.counts[trait]} of 100`, { exact: true }).or(count.filter({ hasText: `${layer.counts[trait]} of 100` })).first().waitFor();
  await window.look("walk-tokens-filtered");
  await facet.locator("xpath=ancestor::label").click();
  await count.filter({ hasText: "100 tokens" }).waitFor();
  const search = page.getByRole("textbox", { name: "Find tokens by number, trait or rank" }).or(page.getByRole("searchbox", { name: "Find tokens by number, trait or rank" }));
  await search.fill("#42");
  await count.filter({ hasText: "1 of 100" }).waitFor();
  await search.fill("");
  await count.filter({ hasText: "100 tokens" }).waitFor();
}

/** Waits until the token that a reader is told of has the wanted name. */
async function active(window, wanted, why) {
  const end = Date.now() + 10_000;
  for (;;) {
    const name = await window.page.getByRole("grid").first().evaluate((grid) => document.getElementById(grid.getAttribute("aria-activedescendant") ?? "")?.textContent ?? "");
    if (wanted(name)) return;
    if (Date.now() > end) assert.fail(`${why}; a reader hears “${name}”`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function describe(window) {
  await window.go("Metadata");
  const before = (await window.ask("metadata")).name;
  const field = window.page.getByRole("region", { name: "Template" }).getByRole("textbox", { name: "Name" }).first();
  assert.equal(await field.inputValue(), before, "the field shows what is written in drop.toml");
  await field.fill("Warden of the pool #{id}");
  await field.press("Enter");
  await window.until("metadata", (view) => view.name === "Warden of the pool #{id}", "an edit is saved when Enter is pressed");
  await window.sees(/Warden of the pool #\d+/);
  await window.look("walk-metadata");
  await window.press(/^Undo ./);
  await window.until("metadata", (view) => view.name === before, "undo brings the template back");
  await window.page.waitForFunction(([area, wanted]) => area.value === wanted, [await field.elementHandle(), before]);
}

async function makeKeys(window) {
  const { page } = window;
  await window.go("Settings");
  await window.press("Start", window.stage);
  await window.button("Stop", window.stage).waitFor();
  const table = page.getByRole("grid", { name: "Keys by role" });
  for (const { name, role } of (await window.ask("keys")).keys) {
    await table.getByRole("row", { name }).click();
    await window.press(new RegExp(`^Make the ${name} key$`), window.inspector);
    await window.until("keys", ({ keys }) => keys.find((key) => key.role === role).state !== "absent", `the ${name} key is made`);
    await window.inspector.getByText("Account").first().waitFor();
  }
  await window.look("walk-settings-keys");
}

async function signAndStore(window) {
  await window.go("Storage");
  await window.press("Build the bundle", window.stage);
  await window.until("storage", ({ bundle }) => bundle !== null, "the bundle is built", JOB);
  await window.press("Sign", window.stage);
  await window.until("storage", ({ bundle }) => bundle.signatures.some((one) => one.valid), "the deployer's signature is in the bundle");
  await window.press("Store", window.stage);
  await window.until("storage", (view) => view.copies_proven >= view.copies_wanted, "every wanted copy is read back", JOB);
  await window.press("Check", window.stage);
  await window.sees("Everything is as it was built", JOB);
  await window.look("walk-storage");
}

async function rehearse(window) {
  await window.press("Go to Rehearsal", window.stage);
  await window.at("Rehearsal");
  await window.press("Rehearse the launch", window.stage);
  await window.button("Go to Launch", window.stage).waitFor(JOB);
  assert.equal((await window.ask("rehearsal")).report.go, true, "the rehearsal says go");
  await window.look("walk-rehearsal");
}

async function launch(window) {
  await window.press("Go to Launch", window.stage);
  await window.at("Launch");
  const view = await window.until("launch", ({ state }) => state === "ready", "nothing stands in the launch's way");
  await window.look("walk-launch-ready");
  await window.press(`Launch ${view.planned} tokens`, window.stage);
  await window.button("Go to Sales", window.stage).waitFor(JOB);
  const done = await window.ask("launch");
  assert.ok(done.steps.every((step) => step.state === "final"), "every transaction is final");
  await window.look("walk-launch-done");
}

async function redeem(window) {
  const { page } = window;
  await window.go("Vouchers");
  await window.press("Issue vouchers", window.stage);
  await page.getByRole("textbox", { name: "Recipients" }).fill(`${COLLECTOR}\n${COLLECTOR}`);
  await window.press("Sign 2 vouchers", window.inspector);
  const { vouchers } = await window.until("vouchers", ({ issued }) => issued === 2, "two vouchers are signed");
  await window.press(/^Start, spend at most /, window.inspector);
  await window.until("vouchers", ({ relayer }) => relayer.running, "the relayer listens");
  await page.getByRole("grid", { name: "Vouchers" }).getByRole("row", { name: vouchers[0].nonce, exact: true }).click();
  await window.press("Redeem through the relayer", window.inspector);
  const after = await window.until("vouchers", (view) => view.vouchers.some((one) => one.state === "redeemed" && one.token !== null), "one voucher became a token", JOB);
  assert.equal(after.vouchers.filter((one) => one.state === "redeemed").length, 1, "only the voucher that was pressed is redeemed");
  await window.look("walk-vouchers");
}

async function sell(window) {
  const { page } = window;
  await window.go("Sales");
  await window.press("Read the chain", window.stage);
  await window.press("Practice sale", window.stage);
  await page.getByRole("textbox", { name: "Price" }).fill("0.8");
  await window.press(/^Sell #\d+ for 0\.80? ETH$/, window.inspector);
  const { totals } = await window.until("sales", (view) => view.totals.sales === 1, "the sale is read from the chain", JOB);
  const figure = (name) => window.stage.locator("dl > div").filter({ hasText: name }).locator("dd").first();
  await figure("Sales").filter({ hasText: /^1/ }).waitFor();
  await window.look("walk-sales");
  const shown = async (name) => (await figure(name).innerText()).trim();
  assert.equal(await shown("Minted"), `${totals.minted} of ${totals.planned}`, "minted tokens, as the core counts them");
  assert.equal(await shown("Holders"), String(totals.holders), "holders, as the core counts them");
  assert.equal(await shown("Sales"), String(totals.sales), "sales, as the core counts them");
  const [received, owed] = (await shown("Royalty received, ETH")).split(" of ").map(wei);
  assert.deepEqual([received, owed], [BigInt(totals.royalty_received), BigInt(totals.royalty_owed)], "the royalty, as the core counts it, to the wei");
  assert.equal(received, (8n * ETHER) / 10n / 20n, "5 % of 0.8 ETH arrived");
}

/** "0.04" → wei. */
function wei(text) {
  const [whole, part = ""] = text.trim().split(".");
  return BigInt(whole) * ETHER + BigInt(part.padEnd(18, "0"));
}
