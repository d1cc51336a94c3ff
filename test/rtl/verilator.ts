/** Verilator, for tests of the hardware; they are skipped where it is missing. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

export function run(command: string, args: readonly string[]) {
  return spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
}

/** Tools that a simulation needs and this machine lacks. */
export function missingTools(): string[] {
  return ["verilator", "g++", "make"].filter((tool) => run(tool, ["--version"]).status !== 0);
}

const SOURCES = ["rtl/ternac_pkg.sv", "rtl/ternac_core_pkg.sv", "-y", "rtl"];

/** What Verilator has to say about a module, with every warning on; empty if nothing. */
export function lint(top: string, args: readonly string[] = []): string {
  const result = run("verilator", [
    ...["--lint-only", "-Wall", "--timing", "--top", top],
    ...SOURCES,
    ...args,
  ]);
  return result.status === 0 ? result.stderr : `${result.stderr}\nexit ${result.status}`;
}

/**
 * Build a bench, with assertions and with random values in what no reset reaches.
 * @returns the program
 * @throws Error with Verilator's complaints
 */
export function build(top: string, folder: string, sources: readonly string[]): string {
  const result = run("verilator", [
    ...["--binary", "-Wall", "--assert", "--x-assign", "unique", "--x-initial", "unique"],
    ...["-CFLAGS", "-O1", "-j", "2", "--Mdir", folder, "--top", top],
    ...SOURCES,
    ...sources,
  ]);
  if (result.status !== 0 || /%(Error|Warning)/.test(result.stderr)) throw new Error(result.stderr);
  return `${folder}/V${top}`;
}
