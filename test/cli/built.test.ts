import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { bin, build } from "./built.js";
import { PROGRAM, root, temporaryFolder } from "./support.js";

const path = temporaryFolder();
const run = join(root, "bin/run.js");
const names = readdirSync(join(root, "src/commands"), { recursive: true, encoding: "utf8" });
const commands = names
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -3).replace(/[/\\]/, " "));

beforeAll(build);

/** A shell command line with `ternac` in it. */
function shell(line: string, env: Record<string, string> = {}) {
  const script = `ternac() { "${process.execPath}" "${run}" "$@"; }\nset -o pipefail\n${line}`;
  const { stdout, stderr, status } = spawnSync("bash", ["-c", script], {
    cwd: root,
    encoding: "utf8",
    timeout: 20_000,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
  return { stdout, stderr, status };
}

describe("the built tool", () => {
  it("tells its version", () => {
    const { stdout } = bin(["--version"]);
    expect(stdout.toString()).toMatch(new RegExp(`^ternac/${packageJson.version} `));
  });

  it.each(commands)("%s has help with examples", (command) => {
    const { stdout, status } = bin([...command.split(" "), "--help"]);
    expect(status).toBe(0);
    expect(stdout.toString()).toMatch(/^USAGE$/m);
    expect(stdout.toString()).toMatch(new RegExp(`^EXAMPLES\\n(.|\\n)*ternac ${command} `, "m"));
  });

  it("lists its commands, and no files that are none", () => {
    const { stdout } = bin(["--help"]);
    const listed = [...stdout.toString().matchAll(/^ {2}(\w+) {2,}/gm)].map((match) => match[1]);
    const topics = commands.map((command) => command.split(" ")[0]);
    expect(listed.sort()).toEqual([...new Set(topics), "help", "autocomplete"].sort());
  });

  it("suggests a command", () => {
    const { stderr, status } = bin(["asmm", "x.tasm"]);
    expect(stderr.toString()).toMatch(/^error: no command "asmm"\nhelp: did you mean "asm"\?/);
    expect(status).toBe(2);
  });

  it.each(["/proc/ternac", "package.json", ""])(
    "writes the same, and nothing of it, when images cannot be kept in %j",
    (folder) => {
      const generate = ["generate", "models/shakespeare", "--prompt", "ROMEO:", "--tokens", "4"];
      const HOME = "/proc/ternac"; // where it goes without XDG_CACHE_HOME
      const wanted = bin([...generate, "--no-cache"]).stdout.toString();
      expect(wanted).toMatch(/^ROMEO:/);
      for (const flags of [[], ["--no-cache"]]) {
        const env = { XDG_CACHE_HOME: folder && resolve(root, folder), HOME };
        const { stdout, stderr, status } = bin([...generate, ...flags], { env });
        expect({ stdout: stdout.toString(), stderr: stderr.toString(), status }).toEqual({
          stdout: wanted,
          stderr: "",
          status: 0,
        });
      }
    },
  );

  it("works in pipes", () => {
    const image = bin(["asm", "-"], { input: PROGRAM });
    expect(image.status).toBe(0);
    const text = bin(["dis", "-"], { input: image.stdout });
    const again = bin(["asm", "-", "-o", "-", "--config", "d5005"], { input: text.stdout });
    const output = bin(["run", "-", "--get", "sum"], { input: again.stdout });
    expect(output.stdout.toString()).toBe("1\n2\n3\n2 2.25\n-2.875 3\n");
    const json = bin(["inspect", "-", "--json"], { input: again.stdout });
    expect(JSON.parse(json.stdout.toString()).instructions.total).toBe(15);
  });

  it("names standard input in messages, and shows its line", () => {
    const { stderr, status } = bin(["asm", "-"], { input: ".text\n    hult\n" });
    expect(status).toBe(1);
    expect(stderr.toString()).toBe(
      '<stdin>:2:5: error: unknown instruction "hult"\n     2 |     hult\n       |     ^^^^\nhelp: did you mean "halt"?\n',
    );
  });

  it("does not read an endless stream for ever", () => {
    const { stderr, status } = shell("ternac asm /dev/zero");
    expect(stderr).toBe("error: cannot read /dev/zero: it is too large to be read at once\n");
    expect(status).toBe(1);
  });

  it("traces to standard error", () => {
    const { stderr, stdout } = bin(["run", "-", "--trace"], { input: PROGRAM });
    expect(stderr.toString().trimEnd().split("\n")).toHaveLength(21);
    expect(stdout.toString()).toBe("1\n2\n3\n");
  });

  it("ends quietly when the reader of a pipe has gone", () => {
    const endless = path("endless.tasm");
    writeFileSync(endless, ".text\nhere: enq x0\n j here\n");
    const output = shell(`ternac run ${endless} | head -n 1`);
    expect(output).toEqual({ stdout: "0\n", stderr: "", status: 0 });
    const trace = shell(`ternac run ${endless} --trace 2>&1 >/dev/null | head -c 10`);
    expect(trace).toMatchObject({ stderr: "", status: 0 });
    expect(shell("ternac isa | head -n 1")).toMatchObject({ stderr: "", status: 0 });
    expect(shell("ternac --help | head -n 1")).toMatchObject({ stderr: "", status: 0 });
  });

  it("can be interrupted in the middle of a computation", async () => {
    const endless = path("loop.tasm");
    writeFileSync(endless, ".text\nenq x0\nhere: j here\n");
    const child = spawn(process.execPath, [run, "run", endless], { cwd: root });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGINT");
    const [code, signal] = await once(child, "exit");
    // Dying of the signal is what a shell reports as status 130.
    expect({ code, signal }).toEqual({ code: null, signal: "SIGINT" });
  }, 10_000);

  it("colours only where it is wanted", () => {
    const bad = { input: "bad\n" };
    const coloured = (env: Record<string, string>) =>
      bin(["asm", "-"], { ...bad, env }).stderr.includes("\u001b[");
    expect(coloured({})).toBe(false);
    expect(coloured({ FORCE_COLOR: "1" })).toBe(true);
    expect(coloured({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
  });

  it("replaces files as a whole, keeps their mode, follows links, and writes to devices", () => {
    const source = path("w.tasm");
    writeFileSync(source, PROGRAM);
    const target = path("target.elf");
    writeFileSync(target, "old");
    chmodSync(target, 0o640);
    symlinkSync(target, path("link.elf"));
    expect(bin(["asm", source, "-o", path("link.elf")]).status).toBe(0);
    expect(readFileSync(target).subarray(1, 4).toString()).toBe("ELF");
    expect(shell(`stat -c %a ${target}; readlink ${path("link.elf")}`).stdout).toBe(
      `640\n${target}\n`,
    );
    expect(bin(["asm", source, "-o", "/dev/null"]).status).toBe(0);
    expect(shell("test -c /dev/null").status).toBe(0);
    // An error leaves what was there.
    writeFileSync(source, "bad");
    const before = readFileSync(target);
    expect(bin(["asm", source, "-o", target]).status).toBe(1);
    expect(readFileSync(target)).toEqual(before);
    mkdirSync(path("folder"));
    expect(bin(["asm", "-", "-o", path("folder")], { input: PROGRAM }).stderr.toString()).toMatch(
      /^error: cannot write .*folder: it is a folder\n$/,
    );
  });
});
