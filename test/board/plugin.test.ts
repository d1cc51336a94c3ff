/** The plugin for OPAE's SDK, as far as it goes without the SDK; with it: sdk.test.ts. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import koffi from "koffi";
import { afterAll, describe, expect, it } from "vitest";
import { SystemFiles } from "../../src/board/index.js";
import { buildSimulatedBoard } from "../../src/board/sim/build.js";
import { findOpaeSdk } from "../../src/board/sim/opae-sdk.js";
import { opaeConfiguration } from "../../src/board/sim/plugin.js";
import { pluginSource } from "../../src/board/sim/sources.js";
import { SIMULATOR_CACHE } from "../cli/support.js";
import { TINY } from "../emulator/images.js";
import { missingTools } from "../rtl/verilator.js";
import { userError } from "../support/errors.js";
import { DFL, EMPTY, machine } from "./machine.js";

const folder = mkdtempSync(join(tmpdir(), "ternac-sdk-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An installation that consists of empty files. */
function prefix(name: string, ...files: string[]): string {
  for (const file of files.map((file) => join(folder, name, file))) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
  }
  return join(folder, name);
}
const HEADER = "include/opae/plugin.h";

describe("OPAE's SDK", () => {
  it("is found where it was installed, with its version", () => {
    const place = prefix("linked", HEADER, "lib64/libopae-c.so.2.14.0");
    symlinkSync("libopae-c.so.2.14.0", join(place, "lib64/libopae-c.so.2"));
    expect(findOpaeSdk(place)).toEqual({
      include: join(place, "include"),
      library: join(place, "lib64/libopae-c.so.2"),
      version: "2.14.0",
    });
    const other = prefix("plain", HEADER, "lib/libopae-c.so");
    expect(findOpaeSdk(other)).toMatchObject({ version: undefined });
  });

  it.each([
    ["nothing", [], "no opae/plugin.h in"],
    ["no headers", ["lib/libopae-c.so.2"], "no opae/plugin.h in"],
    ["no library", [HEADER], "libopae-c, which belongs to the headers in"],
  ])("with %s is told of", async (name, files, message) => {
    const error = await userError(() => findOpaeSdk(prefix(name, ...files)));
    expect(error.message).toContain(message);
    expect(error.message).toContain(join(folder, name));
  });
});

describe("opae.cfg", () => {
  it("has the plugin loaded for a device of this machine, and asked for the card", () => {
    const root = machine({ ...DFL, "sys/bus/pci/devices/0000:00:00.0/vendor": "0x1022" });
    const text = opaeConfiguration('/a "b"/plugin.so', new SystemFiles(root));
    const { configs, configurations } = JSON.parse(text);
    expect(configs).toEqual(["ternac"]);
    // The first device has no ID, the second one is the card of that machine.
    expect(configurations.ternac.devices).toEqual([
      { name: "this-machine", id: ["0x8086", "0x0b2b", "*", "*"] },
      { name: "card", id: ["0x8086", "0x0b2b", "*", "*"] },
    ]);
    const { plugin, fpgainfo } = configurations.ternac.opae;
    expect(plugin).toMatchObject([{ module: '/a "b"/plugin.so', devices: ["this-machine"] }]);
    expect(fpgainfo).toMatchObject([{ module: '/a "b"/plugin.so', devices: [{ device: "card" }] }]);
  });

  it("cannot be made on a machine without PCI", async () => {
    const system = new SystemFiles(machine(EMPTY));
    const error = await userError(() => opaeConfiguration("/plugin.so", system));
    expect(error.message).toContain("no PCI device");
  });
});

describe.skipIf(missingTools().length > 0)("the simulated card", () => {
  it("has every function that the plugin takes of it", async () => {
    const path = await buildSimulatedBoard({
      configuration: TINY,
      cacheFolder: SIMULATOR_CACHE,
      hurry: "build",
    });
    const library = koffi.load(path);
    const source = readFileSync(pluginSource(), "utf8");
    const names = [...source.matchAll(/^ {2}X\((\w+)\)/gm)].map(([, name]) => name!);
    expect(names).toContain("fpgaReconfigureSlot");
    for (const name of names) expect(() => library.func(name, "int", []), name).not.toThrow();
    expect(() => library.func("fpgaNothing", "int", [])).toThrow();
  }, 900_000);
});
