/**
 * What users get: pack the package, install it in an empty place, run it, and import it with types.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npm, root, run, tool } from "./setup.mjs";

const SOURCE = ".text\n    li x1, 41\n    addi x1, x1, 1\n    enq x1\n    halt\n";

const CONSUMER = `
import { assemble, compile, DiagnosticsError, Emulator, findConfiguration } from "ternac";
import type { Checkpoint, Compiled, Image, Stop } from "ternac";

const { image, diagnostics } = assemble("k.tasm", ${JSON.stringify(SOURCE)}, {
  readFile: () => undefined,
});
if (!image) throw new DiagnosticsError(diagnostics);
const program: Image = image;
const emulator = new Emulator({ configuration: findConfiguration("tiny")! });
await emulator.load(program);
const stop: Stop = await emulator.run();
const output: bigint[] = await emulator.takeOutput();
if (stop.reason !== "halted" || output[0] !== 42n) throw new Error(JSON.stringify(stop));
export const compiler: (checkpoint: Checkpoint, options: Parameters<typeof compile>[1]) => Promise<Compiled> = compile;
`;

function expectSuccess(what, status) {
  if (status !== 0) throw new Error(`${what} failed with status ${status}`);
}

const folder = mkdtempSync(join(tmpdir(), "ternac-package-"));
try {
  const quiet = ["--loglevel=error", "--no-audit", "--no-fund"];
  expectSuccess("npm pack", npm(["pack", "--pack-destination", folder, ...quiet]));
  const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  const tarball = join(folder, `ternac-${version}.tgz`);
  const prefix = join(folder, "prefix");
  mkdirSync(prefix);
  const install = ["install", "--global", "--prefix", prefix, "--prefer-offline", tarball];
  expectSuccess("npm install", npm([...install, ...quiet], { cwd: folder }));

  const ternac = join(prefix, "bin", "ternac");
  const options = { cwd: folder, shell: process.platform === "win32" };
  writeFileSync(join(folder, "k.tasm"), SOURCE);
  expectSuccess("ternac --version", run(ternac, ["--version"], options));
  expectSuccess("ternac asm", run(ternac, ["asm", "k.tasm", "-o", "k.elf"], options));
  expectSuccess("ternac run", run(ternac, ["run", "k.elf"], options));
  expectSuccess("ternac help", run(ternac, ["help", "run"], { ...options, stdio: "ignore" }));
  const prompt = ["--prompt", "ROMEO:", "--tokens", "12"];
  expectSuccess("ternac generate", run(ternac, ["generate", ...prompt], options));

  // What calls the library of FPGA cards is native code, which the bundle must leave to the installation.
  const installed = { ...options, cwd: join(prefix, "lib/node_modules/ternac") };
  const load = 'require("koffi").load(null)';
  expectSuccess("loading koffi", run(process.execPath, ["--eval", load], installed));
  expectSuccess("ternac board list", run(ternac, ["board", "list"], options));

  // The simulator is built of what the package brings along, where there are the tools.
  const simulated = ["run", "k.elf", "--target", "rtl", "--config", "tiny"];
  if (
    ["verilator", "g++", "make"].every(
      (command) => run(command, ["--version"], { stdio: "ignore" }) === 0,
    )
  ) {
    const cache = { ...options, env: { ...process.env, XDG_CACHE_HOME: join(folder, "cache") } };
    expectSuccess("ternac run --target rtl", run(ternac, simulated, cache));
  } else console.error("not checked, for lack of Verilator: ternac run --target rtl");

  // A module beside node_modules, as a user's would be.
  const consumer = join(prefix, "lib");
  writeFileSync(join(consumer, "consumer.mts"), CONSUMER);
  const strict = ["--strict", "--module", "nodenext", "--target", "es2023", "--lib", "es2023"];
  const types = ["--types", "node", "--typeRoots", join(root, "node_modules/@types")];
  expectSuccess(
    "type check of an importing module",
    tool("typescript/bin/tsc", [...strict, ...types, "consumer.mts"], { cwd: consumer }),
  );
  expectSuccess("importing", run(process.execPath, ["consumer.mjs"], { cwd: consumer }));
  console.error("the package works where it is installed");
} finally {
  rmSync(folder, { recursive: true, force: true });
}
