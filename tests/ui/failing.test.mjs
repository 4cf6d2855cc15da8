// What goes wrong is named where it matters, and the rest of the window goes on.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { journey } from "./window.mjs";

journey("failures are named where they matter and leave the window usable", async (window) => {
  await window.openSample();
  await deadNetwork(window);
  await truncatedPicture(window);
  window.unhindered();
});

/** A network that does not answer is refused with its code; the one before stays. */
async function deadNetwork(window) {
  const { page } = window;
  const before = (await window.ask("networks")).chosen.chain_id;
  await window.go("Settings");
  await window.press("Choose another", window.stage);
  await page.getByRole("textbox", { name: "RPC address" }).fill(`http://127.0.0.1:${await closedPort()}`);
  await window.press("Use this network", window.inspector);
  await window.inspector.getByText("CHAIN-UNREACHABLE").waitFor();
  await window.look("failing-network");
  assert.equal((await window.ask("networks")).chosen.chain_id, before, "a network that does not answer is not chosen");
  await window.go("Tokens");
  await window.press("Plan 100", window.stage);
  await window.until("tokens", (table) => table.count === 100, "the window goes on working");
}

/** A picture cut short on disk is named on Artwork. */
async function truncatedPicture(window) {
  const { page } = window;
  const { dir } = await window.ask("project");
  const layers = join(dir, "layers");
  const name = readdirSync(layers, { recursive: true }).find((one) => one.endsWith(".png"));
  const file = join(layers, name);
  const whole = readFileSync(file);
  writeFileSync(file, whole.subarray(0, whole.length / 2));
  await page.reload();
  await page.getByRole("navigation", { name: "Steps" }).waitFor();
  await window.go("Artwork");
  const alert = window.stage.getByRole("alert");
  await alert.getByText("ART-TRUNCATED").waitFor();
  assert.match(await alert.innerText(), new RegExp(basename(name).replace(".", "\\.")), "the file is named");
  await window.look("failing-artwork");
}

/** A port of this machine on which nobody listens. */
async function closedPort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}
