import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type SimulatorSources, simulatorSources } from "../../rtl/index.js";

const PACKAGES = ["card/ternac_csr_pkg.sv"];
const BOARD = "sim/board";
/** What the simulated board shares with the simulator of the core. */
const SHARED = /^sim\/(axi_channel|ddr4|dram_policy|memory)\.cpp$/;

/** The SystemVerilog and the C++ that a simulated board is built from. @param core that of the core */
export function boardSources(core = simulatorSources()): SimulatorSources {
  const files = (folder: string, pattern: RegExp) =>
    readdirSync(join(core.folder, folder))
      .filter((name) => pattern.test(name))
      .map((name) => `${folder}/${name}`)
      .sort();
  const card = files("card", /\.sv$/).filter((name) => !PACKAGES.includes(name));
  const modules = core.verilog.filter((name) => !name.startsWith("sim/"));
  return {
    folder: core.folder,
    // The core's packages come first, and the card's package before what uses it.
    verilog: [...modules, ...PACKAGES, ...card, ...files(BOARD, /\.sv$/)],
    cpp: [...core.cpp.filter((name) => SHARED.test(name)), ...files(BOARD, /\.cpp$/)],
    headers: [...core.headers, ...files(BOARD, /\.h$/)],
  };
}

/** Path of the plugin's C++, which is compiled with OPAE's headers and is no part of the board. */
export const pluginSource = (core = simulatorSources()) => join(core.folder, "sim/opae/plugin.cpp");
