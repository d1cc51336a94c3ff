/**
 * Build dist/ and oclif.manifest.json. `--no-types` leaves the declarations out.
 *
 * Everything that is no runtime dependency is bundled: chevrotain with lodash-es costs about 350 ms
 * to import from node_modules and 9 ms from a bundle. Shared code goes to dist/chunks, because oclif
 * takes every file in dist/commands for a command.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Plugin } from "@oclif/core";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const types = !process.argv.includes("--no-types");

/** The new build; it takes the place of dist/ when it is complete. */
const next = `dist.${process.pid}`;
const previous = `${next}.previous`;

async function bundle() {
  const commands = readdirSync(`${root}src/commands`).filter((name) =>
    /(?<!\.test)\.ts$/.test(name),
  );
  await build({
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
    legalComments: "linked",
    logLevel: "warning",
  });
}

function declarations() {
  const tsc = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
  const run = spawnSync(
    process.execPath,
    [tsc, "-p", "tsconfig.build.json", "--outDir", `${next}/types`],
    { cwd: root, stdio: "inherit" },
  );
  if (run.status !== 0) throw new Error("the declarations could not be written");
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
} finally {
  rmSync(`${root}${next}`, { recursive: true, force: true });
  rmSync(`${root}${previous}`, { recursive: true, force: true });
}
