/** The simulated board as a plugin of OPAE's SDK, so that the stock libopae-c and its tools see a card. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../diagnostics/diagnostic.js";
import type { Configuration } from "../../isa/spec.js";
import { runTool } from "../../rtl/index.js";
import { SystemFiles } from "../sysfs.js";
import type { OpaeSdk } from "./opae-sdk.js";
import { pluginSource } from "./sources.js";

/** Names of the files: the plugin looks for the card beside itself. */
export const PLUGIN_FILE = "libternac-opae.so";
export const CARD_FILE = "libternac-card.so";

/**
 * Compile the plugin, which takes seconds: the card itself is the library of `buildSimulatedBoard`, which is to lie
 * beside it under the name of `CARD_FILE`.
 * @param configuration of that card
 * @returns the shared library
 * @throws UserError when there is no compiler, or it fails
 */
export async function compilePlugin(sdk: OpaeSdk, configuration: Configuration): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "ternac-plugin-"));
  const output = join(folder, PLUGIN_FILE);
  const define = (name: string, value: string) => `-D${name}=${JSON.stringify(value)}`;
  const flags = [
    ...["-std=c++17", "-O2", "-fPIC", "-shared", "-fvisibility=hidden"],
    define("TERNAC_CARD", CARD_FILE),
    define("TERNAC_CONFIGURATION", configuration.name),
    define("TERNAC_OPAE_VERSION", sdk.version ?? ""),
    ...["-I", sdk.include],
  ];
  try {
    await runTool("g++", [...flags, "-o", output, pluginSource(), sdk.library, "-ldl"], {
      what: "compiling the plugin",
      help: `check that ${sdk.include} has the headers of OPAE's SDK 2, of the release of ${sdk.library}`,
    });
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The configuration with which libopae-c loads the plugin, and fpgainfo asks it for the board. libopae-c loads plugins for
 * devices that are on the PCI bus, so some device of this machine has to stand for the card.
 * @param plugin absolute path of it
 * @returns the text of an `opae.cfg`
 * @throws UserError when this machine has no PCI device
 */
export function opaeConfiguration(plugin: string, system = new SystemFiles()): string {
  const bus = ["sys", "bus", "pci", "devices"];
  const ids = system
    .names(...bus)
    .map((name) => ["vendor", "device"].map((file) => system.text(...bus, name, file)))
    .find((pair) => pair.every((id) => id !== undefined));
  if (!ids)
    throw new UserError(
      "this machine shows no PCI device in /sys/bus/pci/devices, and OPAE loads plugins only for those",
      "do without OPAE: --board sim",
    );
  const module = { enabled: true, module: plugin };
  const ternac = {
    enabled: true,
    platform: "Simulated PAC D5005",
    devices: [
      { name: "this-machine", id: [...ids, "*", "*"] },
      { name: "card", id: ["0x8086", "0x0b2b", "*", "*"] },
    ],
    opae: {
      plugin: [{ ...module, devices: ["this-machine"], configuration: {} }],
      fpgainfo: [{ ...module, devices: [{ device: "card", feature_id: "*" }] }],
      ...{ fpgad: [], rsu: [], fpgareg: [], "opae.io": [] },
    },
  };
  return `${JSON.stringify({ configurations: { ternac }, configs: ["ternac"] }, null, 2)}\n`;
}
