/**
 * `npm run generate`: write every file that is derived from isa/*.yaml.
 * `npm run generate -- --check`: write nothing, fail if one is stale.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { loadSpecification } from "./load.js";
import { GENERATED_FOLDERS, generate } from "./outputs.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The text as the project's formatter leaves it, so that `npm run lint` accepts what is written. */
function formatted(path: string, text: string): string {
  if (!path.endsWith(".ts")) return text;
  const run = spawnSync(
    process.execPath,
    ["node_modules/@biomejs/biome/bin/biome", "format", `--stdin-file-path=${path}`],
    { cwd: root, input: text, encoding: "utf8", maxBuffer: 1 << 26 },
  );
  if (run.status !== 0) throw new Error(`biome cannot format ${path}: ${run.stderr}`);
  return run.stdout;
}

const check = process.argv.includes("--check");
const outputs = generate(loadSpecification());
const stale: { readonly done: "wrote" | "removed"; readonly path: string }[] = [];
for (const [path, source] of outputs) {
  const text = formatted(path, source);
  const file = root + path;
  if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
  stale.push({ done: "wrote", path });
  if (check) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
for (const folder of GENERATED_FOLDERS) {
  for (const name of existsSync(root + folder) ? readdirSync(root + folder) : []) {
    const path = `${folder}/${name}`;
    if (outputs.has(path)) continue;
    stale.push({ done: "removed", path });
    if (!check) rmSync(root + path);
  }
}
if (check && stale.length > 0) {
  const paths = stale.map(({ path }) => `  ${path}`).join("\n");
  console.error(`stale, run "npm run generate":\n${paths}`);
  process.exit(1);
}
const report = stale.map(({ done, path }) => `${done} ${path}`).join("\n");
console.log(report || "generated files are up to date");
