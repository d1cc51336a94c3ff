import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** For simulators and linters: lists the packages in the order in which they import each other. */
const FILE_LIST = "ternac.f";
const HARNESS = "sim";

/** The SystemVerilog and the C++ that a simulator is built from. */
export interface SimulatorSources {
  /** Folder that the paths are relative to. */
  readonly folder: string;
  /** Packages first, as they are to be read. */
  readonly verilog: readonly string[];
  readonly cpp: readonly string[];
  readonly headers: readonly string[];
}

/** Folder of this package, whatever this file was bundled into. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}

/** @param root folder of this package */
export function simulatorSources(root = packageRoot()): SimulatorSources {
  const folder = join(root, "rtl");
  const packages = readFileSync(join(folder, FILE_LIST), "utf8").match(/^\w+_pkg\.sv$/gm) ?? [];
  const modules = names(folder, /(?<!_pkg)\.sv$/);
  const harness = (pattern: RegExp) =>
    names(join(folder, HARNESS), pattern).map((name) => `${HARNESS}/${name}`);
  return {
    folder,
    verilog: [...packages, ...modules, ...harness(/\.sv$/)],
    cpp: harness(/(?<!_bench)\.cpp$/),
    headers: harness(/\.h$/),
  };
}

function names(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .sort();
}

/** Names what building the sources gives: equal keys mean equal programs. */
export function sourcesKey(sources: SimulatorSources, settings: readonly string[]): string {
  const hash = createHash("sha256");
  hash.update(JSON.stringify(settings));
  for (const file of [...sources.verilog, ...sources.cpp, ...sources.headers]) {
    const bytes = readFileSync(join(sources.folder, file));
    hash.update(`\n${file}\0${bytes.length}\0`);
    hash.update(bytes);
  }
  return hash.digest("hex");
}

/**
 * The names of an enumeration's values in ternac_core_pkg.sv, without the prefix that they share.
 * @throws Error when there is none
 */
export function enumeration(sources: SimulatorSources, type: string): string[] {
  const text = readFileSync(join(sources.folder, "ternac_core_pkg.sv"), "utf8");
  const body = new RegExp(`typedef enum [^{}]*\\{([^}]*)\\}\\s*${type}\\s*;`).exec(text)?.[1];
  if (!body) throw new Error(`ternac_core_pkg.sv has no enumeration ${type}`);
  const values: string[] = [];
  for (const [, name, value] of body.matchAll(/(\w+)\s*=\s*\d+'d(\d+)/g))
    values[Number(value)] = name!;
  const prefix = /^[A-Z][a-z]*/.exec(values[0]!)![0];
  return values.map((name) => words(name.slice(prefix.length)));
}

/** `ScalarPending` as `scalar pending`. */
function words(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}
