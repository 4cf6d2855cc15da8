// Chromium with the window in it, and what every journey asks of the two.
import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

/** The steps of a drop's life, as the rail names them. */
export const STEPS = ["Artwork", "Tokens", "Metadata", "Storage", "Rehearsal", "Launch", "Sales"];

const url = process.env.ATELIER_BRIDGE_URL;
const shots = process.env.ATELIER_SHOTS ?? "../output/browser";
/** How long a control may take to answer. Generous: builders are slow, and a wait ends with its answer. */
const PATIENCE = 30_000;
/** How long the longest job (a render, a launch) may take. */
export const JOB = { timeout: 120_000 };

/** One test in a browser of its own; a picture is kept of where it failed. */
export function journey(name, body) {
  test(name, async () => {
    assert.ok(url, "ATELIER_BRIDGE_URL is not set: run `cargo test -p atelier-tests --test browser`");
    const failure = join(shots, `failed-${name.replace(/\W+/g, "-")}.png`);
    mkdirSync(shots, { recursive: true });
    rmSync(failure, { force: true });
    const browser = await chromium.launch({
      executablePath: process.env.ATELIER_CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
    });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: "light", reducedMotion: "reduce", locale: "en-GB" });
      page.setDefaultTimeout(PATIENCE);
      const broken = [];
      page.on("pageerror", (error) => broken.push(String(error)));
      try {
        const window = new Window(page);
        await page.goto(url);
        await body(window);
      } catch (error) {
        await page.screenshot({ path: failure }).catch(() => undefined);
        throw error;
      }
      assert.deepEqual(broken, [], "nothing may be thrown past the window");
    } finally {
      await browser.close();
    }
  });
}

export class Window {
  constructor(page) {
    this.page = page;
    this.stage = page.getByRole("main");
    this.inspector = page.getByRole("complementary", { name: "Inspector" });
    this.rail = page.getByRole("navigation");
    this.barriers = [];
    /** Pictures that were asked for and have not come yet. */
    this.awaited = new Set();
    const isPicture = (request) => request.url().includes("/pictures/");
    page.on("request", (request) => isPicture(request) && this.awaited.add(request));
    for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => this.awaited.delete(request));
  }

  /** Waits until every picture that was asked for is there, and none is asked for after it. */
  async settled() {
    for (let quiet = 0, tries = 0; quiet < 3 && tries < 300; tries += 1) {
      quiet = this.awaited.size === 0 ? quiet + 1 : 0;
      await this.page.waitForTimeout(50);
    }
  }

  /** Asks the core directly, as the window does but without it. */
  async ask(command, input = {}) {
    const bridge = new URLSearchParams(new URL(url).hash.slice(1));
    const answer = await fetch(`${bridge.get("bridge")}/command/${command}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${bridge.get("token")}` },
      body: JSON.stringify(input),
    });
    const body = await answer.json();
    assert.ok(answer.ok, `${command} was refused: ${JSON.stringify(body)}`);
    return body;
  }

  button(name, within = this.page) {
    return within.getByRole("button", { name, exact: typeof name === "string" });
  }

  async press(name, within = this.page) {
    await this.button(name, within).click();
  }

  /** The sample, opened the way a newcomer does. */
  async openSample() {
    await this.press("Open the sample");
    await this.page.getByRole("navigation", { name: "Steps" }).waitFor();
    await this.at("Artwork");
  }

  /** Goes to a step, sub-step or Settings by the rail. */
  async go(title, heading = title) {
    await this.rail.getByRole("button", { name: new RegExp(`^(\\d )?${title}(,|$)`) }).click();
    await this.at(heading);
  }

  /** Waits until a screen stands and has read what it shows. */
  async at(heading) {
    await this.page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
    await this.page.waitForFunction(() => document.querySelector('[role="status"][aria-label^="Reading "]') === null);
  }

  /** What the whole page must show sooner or later. */
  async sees(text, options) {
    await this.page.getByText(text).first().waitFor(options);
  }

  /** Asks again until the core's answer is the wanted one. */
  async until(command, wanted, why, { timeout = PATIENCE } = {}) {
    const end = Date.now() + timeout;
    for (;;) {
      const answer = await this.ask(command);
      if (wanted(answer)) return answer;
      if (Date.now() > end) assert.fail(`${why}; ${command} still answers ${JSON.stringify(answer).slice(0, 2000)}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  /** Pictures of this screen in both themes; with `axe`, its barriers too. */
  async look(name, { axe = true } = {}) {
    await this.settled();
    for (const colorScheme of ["light", "dark"]) {
      await this.page.emulateMedia({ colorScheme });
      await this.page.mouse.move(0, 0);
      await this.page.screenshot({ path: join(shots, `${name}-${colorScheme}.png`) });
      if (axe) await this.check(`${name}, ${colorScheme}`);
    }
    await this.page.emulateMedia({ colorScheme: "light" });
  }

  /** Collects what axe finds serious or critical; `unhindered` judges them together. */
  async check(where) {
    // There are no frames, so that the run that opens no page of its own sees all there is. Left out: the place where
    // react-aria repeats, for some seconds, the name of a button that was pressed and may have gone since.
    const { violations } = await new AxeBuilder({ page: this.page }).setLegacyMode(true).exclude("[data-live-announcer]").analyze();
    for (const { id, impact, help, nodes } of violations) {
      if (impact !== "serious" && impact !== "critical") continue;
      for (const node of nodes) this.barriers.push(`${where}: ${impact} ${id} (${help})\n  ${node.html.slice(0, 300)}\n  ${node.any.map((one) => one.message).join("; ")}`);
    }
  }

  unhindered() {
    assert.equal(this.barriers.length, 0, `axe found barriers:\n${this.barriers.join("\n")}`);
  }
}
