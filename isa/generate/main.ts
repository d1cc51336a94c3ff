/**
 * `npm run generate`: write every file that is derived from isa/*.yaml.
 * `npm run generate -- --check`: write nothing, fail if one is stale.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { emitTables, emitTypeScript } from "./emit-typescript.js";
import { loadSpecification, type Specification } from "./load.js";

const outputs: Record<string, (spec: Specification) => string> = {
  "src/isa/generated.ts": emitTypeScript,
  "src/numerics/generated.ts": emitTables,
};

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The text as the project's formatter leaves it, so that `npm run lint` accepts what is written. */
function formatted(path: string, text: string): string {
  if (!/\.(ts|json)$/.test(path)) return text;
  const run = spawnSync("npx", ["biome", "format", `--stdin-file-path=${path}`], {
    cwd: root,
    input: text,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) throw new Error(`biome cannot format ${path}: ${run.stderr}`);
  return run.stdout;
}

const spec = loadSpecification();
const check = process.argv.includes("--check");
const stale: string[] = [];
for (const [path, emit] of Object.entries(outputs)) {
  const text = formatted(path, emit(spec));
  const file = root + path;
  if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
  stale.push(path);
  if (check) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
if (check && stale.length > 0) {
  console.error(`stale, run "npm run generate": ${stale.join(", ")}`);
  process.exit(1);
}
console.log(stale.length === 0 ? "generated files are up to date" : `wrote ${stale.join(", ")}`);
