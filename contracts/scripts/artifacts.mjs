// Writes, or checks, the compiled contracts under assets/contracts/<version>/, which the application is built from
// without a Solidity compiler. The same sources give the same bytes on every machine.
//
//   node scripts/artifacts.mjs write    compile and write
//   node scripts/artifacts.mjs check    compile and fail on any difference from what is there
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const solc = require("solc");

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const target = resolve(root, "..", "assets", "contracts", version);
const contracts = ["AtelierDrop", "AtelierFactory"];

// foundry.toml says the same; `compareWithForge` holds the two together.
const settings = {
  evmVersion: "prague",
  metadata: { appendCBOR: true, bytecodeHash: "none" },
  optimizer: { enabled: true, runs: 200 },
  viaIR: false,
  outputSelection: {
    "*": {
      "*": [
        "abi",
        "evm.bytecode.object",
        "evm.deployedBytecode.object",
        "evm.deployedBytecode.immutableReferences",
        "evm.methodIdentifiers",
        "storageLayout",
      ],
    },
  },
};

/** Reads a source by its import name: `src/…` is ours, everything else is an npm package. */
function source(name) {
  const path = name.startsWith("src/") ? join(root, name) : join(root, "node_modules", name);
  return readFileSync(path, "utf8");
}

/** Every source the contracts reach, by name, so that the standard-JSON input is complete in itself. */
function closure() {
  const found = new Map();
  const queue = contracts.map((name) => `src/${name}.sol`);
  while (queue.length > 0) {
    const name = queue.pop();
    if (found.has(name)) continue;
    const content = source(name);
    found.set(name, content);
    for (const [, imported] of content.matchAll(/^\s*import\s[^;]*?["']([^"']+)["'];/gms)) {
      queue.push(imported.startsWith(".") ? join(dirname(name), imported).replaceAll("\\", "/") : imported);
    }
  }
  const names = [...found.keys()].sort();
  return Object.fromEntries(names.map((name) => [name, { content: found.get(name) }]));
}

/** AST ids in storage types depend on what else was compiled and mean nothing to a reader. */
function withoutAstIds(layout) {
  const plain = (id) => id.replace(/(t_(?:struct|contract|enum)\([^)]*\))\d+/g, "$1");
  return {
    storage: layout.storage.map(({ label, offset, slot, type }) => ({ label, offset, slot, type: plain(type) })),
    types: Object.fromEntries(Object.entries(layout.types ?? {}).map(([id, type]) => [plain(id), type])),
  };
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The files of the artifacts folder: name to content. */
function build() {
  const input = { language: "Solidity", sources: closure(), settings };
  const output = JSON.parse(solc.compile(JSON.stringify(input)));
  const problems = output.errors ?? [];
  if (problems.length > 0) throw new Error(problems.map((problem) => problem.formattedMessage).join("\n"));

  const compilerVersion = solc.version().replace(".Emscripten.clang", "");
  const { outputSelection: _, ...compilerSettings } = settings;
  const files = new Map();
  for (const contractName of contracts) {
    const sourceName = `src/${contractName}.sol`;
    const { abi, evm, storageLayout } = output.contracts[sourceName][contractName];
    files.set(
      `${contractName}.json`,
      json({
        contractName,
        sourceName,
        compiler: { version: compilerVersion, settings: compilerSettings },
        abi,
        bytecode: `0x${evm.bytecode.object}`,
        deployedBytecode: `0x${evm.deployedBytecode.object}`,
        immutableReferences: Object.values(evm.deployedBytecode.immutableReferences ?? {}).flat(),
        storageLayout: withoutAstIds(storageLayout),
        selectors: evm.methodIdentifiers,
      }),
    );
  }
  files.set("standard-input.json", json(input));

  const sha256 = (content) => createHash("sha256").update(content).digest("hex");
  const hashes = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, content]) => [name, sha256(content)]);
  files.set("manifest.json", json({ version, compiler: compilerVersion, sha256: Object.fromEntries(hashes) }));
  return files;
}

/** What the tests ran must be what is shipped: forge's bytecode, where it has been built, equals ours. */
function compareWithForge(files) {
  return contracts.flatMap((name) => {
    const path = join(root, "out", `${name}.sol`, `${name}.json`);
    if (!existsSync(path)) return [];
    const forge = JSON.parse(readFileSync(path, "utf8")).bytecode.object;
    return forge === JSON.parse(files.get(`${name}.json`)).bytecode
      ? []
      : [`${name}: forge's bytecode is another (run "npx forge build", then compare foundry.toml with this script)`];
  });
}

const mode = process.argv[2];
const files = build();
if (mode === "write") {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const [name, content] of files) writeFileSync(join(target, name), content);
  console.log(`wrote ${files.size} files for contracts ${version}`);
} else if (mode === "check") {
  const present = existsSync(target) ? readdirSync(target) : [];
  const differences = [
    ...[...files].filter(([name]) => !present.includes(name)).map(([name]) => `${name}: missing`),
    ...present.filter((name) => !files.has(name)).map((name) => `${name}: not made by this script`),
    ...[...files]
      .filter(([name, content]) => present.includes(name) && readFileSync(join(target, name), "utf8") !== content)
      .map(([name]) => `${name}: differs from what the sources compile to`),
    ...compareWithForge(files),
  ];
  for (const difference of differences) console.error(difference);
  if (differences.length > 0) {
    console.error(`assets/contracts/${version} is stale: run "npm run artifacts" in contracts/`);
    process.exit(1);
  }
  console.log(`assets/contracts/${version}: ${files.size} files equal what the sources compile to`);
} else {
  console.error("usage: artifacts.mjs write | check");
  process.exit(2);
}
