// Runs forge with the arguments given and ends with its exit code. The launcher inside @foundry-rs/forge 1.7.1, which
// `npx forge` starts, ends with 0 whatever forge says, so that a failing test would pass unseen.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const cpu = { x64: "amd64", arm64: "arm64" }[process.arch];
const name = process.platform === "win32" ? "forge.exe" : "forge";
const forge = require.resolve(`@foundry-rs/forge-${process.platform}-${cpu}/bin/${name}`);

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const { status, error } = spawnSync(forge, process.argv.slice(2), { cwd: root, stdio: "inherit" });
if (error) throw error;
process.exit(status ?? 1);
