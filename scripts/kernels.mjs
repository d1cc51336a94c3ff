/**
 * Compile kernels/*.ts to src/emulator/kernels/modules.ts: every variant as base64, so that the bundle,
 * the tests and worker threads have the modules without a file beside them. `--check` writes nothing and
 * fails when the file is not what the sources give.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const output = "src/emulator/kernels/modules.ts";

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
  const asc = fileURLToPath(new URL("../node_modules/assemblyscript/bin/asc.js", import.meta.url));
  const relaxed = VARIANTS[variant] > 0 ? ",relaxed-simd" : "";
  const run = spawnSync(
    process.execPath,
    [
      asc,
      "kernels/index.ts",
      "-O3",
      ...["--noAssert", "--debug"], // names for profiles; the code is the same
      ...["--disableWarning", "112"], // v128 between functions never leaves the module
      ...["--runtime", "stub"],
      ...["--enable", `simd,threads${relaxed}`],
      ...["--importMemory", "--sharedMemory", "--initialMemory", "2", "--maximumMemory", "65536"],
      ...[...constants(), ["VARIANT", VARIANTS[variant]]].flatMap(([name, value]) => [
        "--use",
        `${name}=${value}`,
      ]),
      ...["--outFile", file],
    ],
    { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
  );
  if (run.status !== 0) throw new Error(`kernels/ could not be compiled as ${variant}`);
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

const text = generate();
if (!process.argv.includes("--check")) writeFileSync(`${root}${output}`, text);
else if (readFileSync(`${root}${output}`, "utf8") !== text) {
  console.error(`${output} is not what kernels/ compiles to: run \`npm run kernels\``);
  process.exitCode = 1;
}
