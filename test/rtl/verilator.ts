/** Verilator, for tests of the hardware; they are skipped where it is missing. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

export function run(command: string, args: readonly string[]) {
  return spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
}

/** Tools that a simulation needs and this machine lacks. */
export function missingTools(): string[] {
  return ["verilator", "g++", "make"].filter((tool) => run(tool, ["--version"]).status !== 0);
}

const SOURCES = ["-F", "rtl/ternac.f"];

/**
 * What Verilator has to say about a module, and all that it is made of, with every warning on.
 * @param configuration name of the one that the module is built for
 * @param flags such as `-DSYNTHESIS`
 * @returns empty if nothing
 */
export function lint(top: string, configuration: string, ...flags: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "ternac-lint-"));
  try {
    // A parameter that is a struct cannot be given on Verilator's command line, so its default is changed.
    const source = readFileSync(join(root, "rtl", `${top}.sv`), "utf8");
    const name = `Config${configuration[0]!.toUpperCase()}${configuration.slice(1)}`;
    const file = join(folder, `${top}.sv`);
    writeFileSync(file, source.replace("Cfg = ConfigTiny,", `Cfg = ${name},`));
    const result = run("verilator", [
      "--lint-only",
      "-Wall",
      ...flags,
      "--top",
      top,
      ...SOURCES,
      file,
    ]);
    return result.status === 0 ? result.stderr : `${result.stderr}\nexit ${result.status}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
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
