import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Config } from "@oclif/core";
import { captureOutput } from "@oclif/test";
import { afterAll } from "vitest";
import type { BaseCommand } from "../../src/cli/base-command.js";
import Asm from "../../src/commands/asm.js";
import BoardDoctor from "../../src/commands/board/doctor.js";
import BoardInfo from "../../src/commands/board/info.js";
import BoardList from "../../src/commands/board/list.js";
import BoardPlugin from "../../src/commands/board/plugin.js";
import BoardReset from "../../src/commands/board/reset.js";
import Cache from "../../src/commands/cache.js";
import Compile from "../../src/commands/compile.js";
import Dis from "../../src/commands/dis.js";
import Eval from "../../src/commands/eval.js";
import Flash from "../../src/commands/flash.js";
import GbsPack from "../../src/commands/gbs/pack.js";
import GbsShow from "../../src/commands/gbs/show.js";
import Generate from "../../src/commands/generate.js";
import Inspect from "../../src/commands/inspect.js";
import Isa from "../../src/commands/isa.js";
import Run from "../../src/commands/run.js";
import Synth from "../../src/commands/synth.js";

export const root = fileURLToPath(new URL("../../", import.meta.url));

type CommandClass = typeof BaseCommand & { run(argv: string[], config: Config): Promise<unknown> };

const commands = {
  asm: Asm,
  "board doctor": BoardDoctor,
  "board info": BoardInfo,
  "board list": BoardList,
  "board plugin": BoardPlugin,
  "board reset": BoardReset,
  cache: Cache,
  compile: Compile,
  dis: Dis,
  eval: Eval,
  flash: Flash,
  "gbs pack": GbsPack,
  "gbs show": GbsShow,
  generate: Generate,
  inspect: Inspect,
  isa: Isa,
  run: Run,
  synth: Synth,
} as unknown as Record<string, CommandClass>;

/** The user's own cache: for simulators, which take long to build and are the same for all. */
export const SIMULATOR_CACHE = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
  "ternac",
);

// A test must not find what an earlier one compiled, nor leave images with the user.
const userCache = mkdtempSync(join(tmpdir(), "ternac-cache-"));
process.env.XDG_CACHE_HOME = userCache;
afterAll(() => rmSync(userCache, { recursive: true, force: true }));

/** What a command line did. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

let config: Promise<Config> | undefined;

/** Run a command of the sources in this process; only what it writes through streams is captured. */
export async function ternac(name: string, ...argv: string[]): Promise<Outcome> {
  config ??= Config.load({ root, pjson: undefined });
  const command = commands[name]!;
  command.id = name.replace(" ", ":");
  const loaded = await config;
  process.exitCode = undefined;
  const { stdout, stderr, error } = await captureOutput(() => command.run(argv, loaded));
  const status = (error?.oclif?.exit ?? process.exitCode ?? 0) as number;
  process.exitCode = undefined;
  return { stdout, stderr, exitCode: error && status === 0 ? 1 : status };
}

/** The same with --json, parsed. */
export async function ternacJson(name: string, ...argv: string[]) {
  const outcome = await ternac(name, ...argv, "--json");
  return { ...outcome, json: JSON.parse(outcome.stdout) };
}

/** A folder that is removed after the file's tests; returns a function that makes paths in it. */
export function temporaryFolder(): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), "ternac-cli-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (name) => join(folder, name);
}

/** Adds two vectors and counts to three on the output queue. */
export const PROGRAM = `
    .data
    .balign 64
    .globl a, b
    .tensor a, q, 4
a:  .fixed 1.5, 2, -3, 4
    .balign 64
    .tensor b, q, 4
b:  .fixed 0.5, 0.25, 0.125, -1
    .bss
    .balign 64
    .globl sum
    .tensor sum, q, 2, 2
sum: .zero 16
    .text
_start:
    li x1, 4
    setvl x1
    la x2, a
    ldv v0, (x2)
    la x3, b
    ldv v1, (x3)
    add v2, v0, v1
    la x4, sum
    sv (x4), v2
    li x5, 0
    li x6, 3
1:  addi x5, x5, 1
    enq x5
    blt x5, x6, 1b
    halt
`;
