/**
 * The driver and OPAE's own tools on the stock libopae-c, with the simulated card as its plugin. Where OPAE's SDK is
 * installed, with its headers for plugins: on the system, or in the folder that TERNAC_OPAE_PREFIX names.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ACCELERATOR_UUID } from "../../src/board/index.js";
import { findOpaeSdk, type OpaeSdk } from "../../src/board/sim/opae-sdk.js";
import { compilePlugin, PLUGIN_FILE } from "../../src/board/sim/plugin.js";
import { UserError } from "../../src/diagnostics/diagnostic.js";
import { root, SIMULATOR_CACHE } from "../cli/support.js";
import { TINY } from "../emulator/images.js";
import { missingTools } from "../rtl/verilator.js";

const PREFIX = process.env.TERNAC_OPAE_PREFIX;
const SHELL = "bfac4d85-1ee8-56fe-8c95-865ce1bbaa2d";
const OTHER = "850adcc2-6ceb-4b22-9722-d43375b61c66";
const BUILD_MS = 900_000;

/** The SDK, or why these tests are skipped. @throws when the one that is wanted is not there */
function sdkOrReason(): OpaeSdk | string {
  const missing = missingTools();
  if (missing.length > 0) return `${missing.join(", ")} not found`;
  try {
    return findOpaeSdk(PREFIX);
  } catch (error) {
    if (PREFIX !== undefined || !(error instanceof UserError)) throw error;
    return error.message;
  }
}

const found = sdkOrReason();
if (typeof found === "string")
  console.warn(`OPAE's own library and tools are not tested: ${found}`);

describe.skipIf(typeof found === "string")("with the stock libopae-c,", () => {
  const sdk = found as OpaeSdk; // where the tests run
  const programs = `${PREFIX ? `${join(PREFIX, "bin")}:` : ""}${process.env.PATH}`;
  let folder: string;
  let environment: Record<string, string>;
  const path = (name: string) => join(folder, name);

  function run(command: string, args: readonly string[], more: Record<string, string> = {}) {
    const env = {
      PATH: programs,
      HOME: process.env.HOME,
      XDG_CACHE_HOME: dirname(SIMULATOR_CACHE),
      // Libraries in a folder of their own are the installation's business, not the plugin's.
      LD_LIBRARY_PATH: dirname(sdk.library),
      ...environment,
      ...more,
    };
    return spawnSync(command, args, { cwd: root, encoding: "utf8", env });
  }
  function ternac(...args: string[]) {
    const { status, stdout, stderr } = run(process.execPath, ["bin/dev.js", ...args]);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    return stdout;
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ternac-opae-"));
    environment = {};
    const opae = PREFIX ? ["--opae", PREFIX] : [];
    const plugin = ["board", "plugin", "-o", path("plugin"), "--config", "tiny", "--json", ...opae];
    ({ environment } = JSON.parse(ternac(...plugin)));
    const compiled = run("g++", [
      ...["-std=c++17", "-Wall", "-Wextra", "-I", sdk.include, "-I", "rtl/sim/board"],
      ...["-o", path("client"), "test/board/opae_client.cpp", sdk.library],
    ]);
    expect(compiled.stderr).toBe("");
    const description = readFileSync("rtl/ofs/ternac.json", "utf8");
    for (const [name, text, shell] of [
      ["ternac", description, SHELL],
      ["other", description.replace(ACCELERATOR_UUID, OTHER), SHELL],
      ["shell", description, OTHER],
    ] as const) {
      writeFileSync(path(`${name}.json`), text);
      const set = [
        `interface-uuid=${shell}`,
        "clock-frequency-high=300",
        "clock-frequency-low=150",
      ].flatMap((setting) => ["--set", `afu-image/${setting}`]);
      const bitstream = "test/gbs/packager/bitstream.rbf";
      const files = ["-d", path(`${name}.json`), "-o", path(`${name}.gbs`)];
      ternac("gbs", "pack", bitstream, ...files, ...set);
    }
  }, BUILD_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(() => {
    // A card as it comes.
    rmSync(path("plugin/state"), { recursive: true });
    mkdirSync(path("plugin/state"));
  });

  it("a program sees, opens and uses the card", () => {
    writeFileSync(
      path("p.tasm"),
      ".text\n li x1, 41\n addi x1, x1, 1\n enq x1\n li x2, -7\n enq x2\n halt\n",
    );
    const hex = ["--readmemh", path("p.hex"), "--section", ".text", "--word-bits", "64"];
    ternac("asm", path("p.tasm"), "-o", path("p.elf"), ...hex);
    const words = readFileSync(path("p.hex"), "utf8").match(/^[0-9a-f]{16}$/gm)!;
    const { status, stdout, stderr } = run(path("client"), words);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "42\n-7\n", stderr: "" });
  });

  it("the driver finds and describes the card", () => {
    const { boards } = JSON.parse(ternac("board", "list", "--json"));
    expect(boards).toMatchObject([
      { address: "0000:3b:00.0", pciId: "8086:0b2b", ternac: true, busy: false },
    ]);
    const info = JSON.parse(ternac("board", "info", "--json"));
    expect(info).toMatchObject({
      interfaceUuid: SHELL,
      bitstreamId: "0x202000200000237",
      accelerator: { configuration: "tiny", uuid: ACCELERATOR_UUID },
    });
    expect(ternac("board", "reset")).toBe("0000:3b:00.0 was reset\n");
  });

  it("the driver programs the card", () => {
    expect(ternac("flash", path("ternac.gbs"))).toContain("programmed in");
    const { status, stderr } = run(process.execPath, ["bin/dev.js", "flash", path("shell.gbs")]);
    expect(status).toBe(1);
    expect(stderr).toContain(`was made for the shell ${OTHER}`);
  });

  it("a program and a model give what they give on the emulator", () => {
    const target = ["--target", "board"];
    const kernel = ["run", "programs/vector-add.tasm", "--config", "tiny", "--get", "sum"];
    expect(ternac(...kernel, ...target)).toBe(ternac(...kernel));
    const model = ["generate", "models/shakespeare", "--config", "tiny", "--no-cache"];
    const prompt = ["--prompt", "ROMEO:", "--tokens", "8"];
    expect(ternac(...model, ...prompt, ...target)).toBe(ternac(...model, ...prompt));
  }, 300_000);

  it.each([
    ["port-busy", "cannot open the accelerator of 0000:3b:00.0: another process is using it"],
    ["vanish@20", "the card is gone while"],
    ["reset@30", "the accelerator was reset while"],
    ["no-hugepages", undefined],
  ])("the driver gets along with %s", (fault, message) => {
    const run_ = ["bin/dev.js", "run", "programs/vector-add.tasm", "--config", "tiny"];
    const args = [...run_, "--target", "board"];
    const { status, stderr } = run(process.execPath, args, { TERNAC_SIM_FAULTS: fault });
    expect(stderr).toContain(message ?? "warning");
    expect(status).toBe(message ? 1 : 0);
  });

  it("a plugin that was built for another release is refused", async () => {
    const plugin = path(`plugin/${PLUGIN_FILE}`);
    const right = readFileSync(plugin);
    try {
      writeFileSync(plugin, await compilePlugin({ ...sdk, version: "1.99.0" }, TINY));
      const { stderr } = run(path("client"), []);
      expect(stderr).toContain("built for libopae-c 1.99.0, loaded by");
    } finally {
      writeFileSync(plugin, right);
    }
  });

  const tool = (name: string) => programs.split(":").some((place) => existsSync(join(place, name)));
  const told = (text: string) =>
    Object.fromEntries([...text.matchAll(/^(\S.*?) +: (.*)$/gm)].map(([, name, is]) => [name, is]));

  it.skipIf(!tool("fpgainfo"))("fpgainfo shows the card", () => {
    const fme = run("fpgainfo", ["fme"]);
    expect([fme.status, fme.stderr]).toEqual([0, ""]);
    expect(fme.stdout).toContain("Simulated PAC D5005\nSimulated by ternac, configuration tiny\n");
    expect(told(fme.stdout)).toMatchObject({
      Interface: "Simulated DFL",
      "PCIe s:b:d.f": "0000:3B:00.0",
      "Device Id": "0x0B2B",
      "Ports Num": "01",
      "Bitstream Id": "0x202000200000237",
      "Bitstream Version": "2.0.2",
      "Pr Interface Id": SHELL,
    });
    const port = run("fpgainfo", ["port"]);
    expect([port.status, port.stderr]).toEqual([0, ""]);
    expect(told(port.stdout)).toMatchObject({ "Accelerator GUID": ACCELERATOR_UUID });
  });

  it.skipIf(!tool("fpgaconf") || !tool("fpgainfo"))("fpgaconf programs the card", () => {
    const accelerator = () => told(run("fpgainfo", ["port"]).stdout)["Accelerator GUID"];
    const conf = (...args: string[]) => {
      const { status, stdout, stderr } = run("fpgaconf", ["-V", ...args]);
      return { status, stderr, last: stdout.trim().split("\n").at(-1) };
    };
    expect(conf("-n", path("other.gbs"))).toEqual({ status: 0, stderr: "", last: "Done" });
    expect(accelerator()).toBe(ACCELERATOR_UUID);
    expect(conf(path("other.gbs"))).toEqual({ status: 0, stderr: "", last: "Done" });
    expect(accelerator()).toBe(OTHER);
    expect(conf("-B", "0x3b", path("ternac.gbs")).last).toBe("Done");
    expect(accelerator()).toBe(ACCELERATOR_UUID);
    expect(conf("-B", "0x3c", path("ternac.gbs")).stderr).toContain("No suitable slots found");
    expect(conf(path("shell.gbs"))).toMatchObject({
      stderr: "No suitable slots found.\n",
      last: `Actual Interface id:    ${OTHER}`,
    });
  });
});
