/**
 * Compile kernels/*.ts to src/emulator/kernels/modules.ts, and kernels/checkpoint.ts to
 * src/checkpoint/kernels/module.ts: every variant as base64, so that the bundle, the tests and worker
 * threads have the modules without a file beside them. `--check` writes nothing and
 * fails when the file is not what the sources give.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const output = "src/emulator/kernels/modules.ts";
const CHECKPOINT_OUTPUT = "src/checkpoint/kernels/module.ts";

/** By the names that `--kernel` takes. */
const VARIANTS = { simd: 0, "relaxed-dot": 1, "relaxed-dot-add": 2 };

function constants() {
  const isa = readFileSync(`${root}src/isa/generated.ts`, "utf8");
  const numerics = readFileSync(`${root}src/numerics/generated.ts`, "utf8");
  const block = /export const NUMERICS = \{([^}]*)\}/.exec(isa)[1];
  const pairs = [...block.matchAll(/(\w+): (\d+),/g)].map(([, name, value]) => [
    name.toUpperCase(),
    value,
  ]);
  return [...pairs, ["LOG2E", /LOG2E = (\d+)/.exec(numerics)[1]]];
}

function compile(variant, folder) {
  const file = join(folder, `${variant}.wasm`);
  const relaxed = VARIANTS[variant] > 0 ? ",relaxed-simd" : "";
  return assemblyScript("kernels/index.ts", file, [
    ...["--enable", `simd,threads${relaxed}`],
    ...["--importMemory", "--sharedMemory", "--initialMemory", "2", "--maximumMemory", "65536"],
    ...["--use", `VARIANT=${VARIANTS[variant]}`],
  ]);
}

/** @returns the module in base64 */
function assemblyScript(source, file, flags) {
  const asc = fileURLToPath(new URL("../node_modules/assemblyscript/bin/asc.js", import.meta.url));
  const run = spawnSync(
    process.execPath,
    [
      asc,
      source,
      "-O3",
      ...["--noAssert", "--debug"], // names for profiles; the code is the same
      ...["--disableWarning", "112"], // v128 between functions never leaves the module
      ...["--runtime", "stub"],
      ...constants().flatMap(([name, value]) => ["--use", `${name}=${value}`]),
      ...flags,
      ...["--outFile", file],
    ],
    { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
  );
  if (run.status !== 0) throw new Error(`${source} could not be compiled to ${file}`);
  return readFileSync(file).toString("base64");
}

function propertyName(name) {
  return /^\w+$/.test(name) ? name : JSON.stringify(name);
}

function generate() {
  const folder = mkdtempSync(join(tmpdir(), "ternac-kernels-"));
  try {
    const entries = Object.keys(VARIANTS).map(
      (variant) => `  ${propertyName(variant)}:\n    "${compile(variant, folder)}",\n`,
    );
    return [
      "// Generated from kernels/*.ts by `npm run kernels`. Do not edit.\n\n",
      "/** WebAssembly modules in base64, by kernel. */\n",
      `export const MODULES = {\n${entries.join("")}};\n`,
    ].join("");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The kernels of a checkpoint's weights, which every host with SIMD runs. */
function generateCheckpoint() {
  const folder = mkdtempSync(join(tmpdir(), "ternac-kernels-"));
  try {
    const module = assemblyScript("kernels/checkpoint.ts", join(folder, "checkpoint.wasm"), [
      ...["--enable", "simd"],
      ...["--importMemory", "--initialMemory", "1"],
    ]);
    return [
      "// Generated from kernels/checkpoint.ts by `npm run kernels`. Do not edit.\n\n",
      "/** WebAssembly module in base64. */\n",
      `export const MODULE =\n  "${module}";\n`,
    ].join("");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const [path, text] of [
  [output, generate()],
  [CHECKPOINT_OUTPUT, generateCheckpoint()],
]) {
  if (!process.argv.includes("--check")) writeFileSync(`${root}${path}`, text);
  else if (readFileSync(`${root}${path}`, "utf8") !== text) {
    console.error(`${path} is not what kernels/ compiles to: run \`npm run kernels\``);
    process.exitCode = 1;
  }
}
