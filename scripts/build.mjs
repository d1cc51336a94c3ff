/**
 * Build dist/ and oclif.manifest.json. `--no-types` leaves the declarations out; `--model` adds the
 * image of the model that the package comes with.
 *
 * Everything that is no runtime dependency is bundled: chevrotain with lodash-es costs about 350 ms
 * to import from node_modules and 9 ms from a bundle. Shared code goes to dist/chunks, because oclif
 * takes every file in dist/commands for a command.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Plugin } from "@oclif/core";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const types = !process.argv.includes("--no-types");
const model = process.argv.includes("--model");

/** The new build; it takes the place of dist/ when it is complete. */
const next = `dist.${process.pid}`;
const previous = `${next}.previous`;

async function bundle() {
  const commands = readdirSync(`${root}src/commands`).filter((name) =>
    /(?<!\.test)\.ts$/.test(name),
  );
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      "src/index.ts",
      "src/cli/command-not-found.ts",
      ...commands.map((name) => `src/commands/${name}`),
    ],
    outdir: next,
    outbase: "src",
    bundle: true,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    format: "esm",
    platform: "node",
    target: "node20.19",
    external: Object.keys(dependencies).flatMap((name) => [name, `${name}/*`]),
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  const folders = Object.keys(metafile.inputs).map(
    (input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1],
  );
  licences([...new Set(folders.filter(Boolean))].sort());
}

/** The licences of the packages in the bundle go where the bundle goes. */
function licences(folders) {
  const texts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(`${root}${folder}/package.json`, "utf8"),
    );
    const file = readdirSync(`${root}${folder}`).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(`${root}${folder}/${file}`, "utf8") : "";
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  writeFileSync(`${root}${next}/THIRD-PARTY-LICENSES.txt`, texts.join(`\n${"-".repeat(80)}\n\n`));
}

function declarations() {
  const tsc = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
  node(tsc, "-p", "tsconfig.build.json", "--outDir", `${next}/types`);
}

/** The image is a quarter of the checkpoint's size, and needs no compiling. */
function bundledModel() {
  mkdirSync(`${root}dist/models`);
  node("bin/run.js", "compile", "models/shakespeare", "-o", "dist/models/shakespeare.elf");
}

function node(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} failed`);
}

/** So that `ternac --help` and completion need not load every command. */
async function manifest() {
  const plugin = new Plugin({
    root,
    type: "core",
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  });
  await plugin.load();
  const file = `${root}oclif.manifest.json`;
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(plugin.manifest, null, 2)}\n`);
  renameSync(`${file}.${process.pid}`, file);
}

try {
  await bundle();
  if (types) declarations();
  rmSync(`${root}${previous}`, { recursive: true, force: true });
  try {
    renameSync(`${root}dist`, `${root}${previous}`);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  renameSync(`${root}${next}`, `${root}dist`);
  await manifest();
  if (model) bundledModel();
} finally {
  rmSync(`${root}${next}`, { recursive: true, force: true });
  rmSync(`${root}${previous}`, { recursive: true, force: true });
}
