/**
 * Build dist/ and oclif.manifest.json. `--no-types` leaves the declarations out; `--model` adds the
 * image of the model that the package comes with.
 *
 * Why everything is bundled: docs/decisions/0012-package-and-start-up.md. Shared code goes to
 * dist/chunks, because oclif takes every file in dist/commands for a command.
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

/** oclif is bundled, and stays a dependency: its plugins import it. */
const unbundled = Object.keys(dependencies).filter((name) => name !== "@oclif/core");

/** oclif asks for them only to run a plugin's TypeScript sources. */
const neverRequired = ["typescript", "ts-node"];

/** The new build; it takes the place of dist/ when it is complete. */
const next = `dist.${process.pid}`;
const previous = `${next}.previous`;

async function bundle() {
  const commands = readdirSync(`${root}src/commands`, { recursive: true })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => /(?<!\.test)\.ts$/.test(name));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      "src/index.ts",
      "src/cli/main.ts",
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
    external: [...unbundled.flatMap((name) => [name, `${name}/*`]), ...neverRequired],
    // oclif is CommonJS; in a module its require must be made.
    banner: {
      js: [
        'import { createRequire as __createRequire } from "node:module";',
        'import { fileURLToPath as __fileURLToPath } from "node:url";',
        "const require = __createRequire(import.meta.url);",
        "const __filename = __fileURLToPath(import.meta.url);",
        'const __dirname = __fileURLToPath(new URL(".", import.meta.url));',
      ].join("\n"),
    },
    // Names are kept for stack traces; without the rest there is less to parse at every start.
    minifyWhitespace: true,
    minifySyntax: true,
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
