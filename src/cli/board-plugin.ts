import { join, resolve } from "node:path";
import { buildSimulatedBoard } from "../board/sim/build.js";
import { findOpaeSdk } from "../board/sim/opae-sdk.js";
import { CARD_FILE, compilePlugin, opaeConfiguration, PLUGIN_FILE } from "../board/sim/plugin.js";
import type { Configuration } from "../isa/spec.js";
import { readBinary } from "./input.js";
import { makeFolder } from "./make-folder.js";
import { LIBRARY_VARIABLE } from "./open-board.js";
import { writeBinary, writeText } from "./output.js";
import { Progress } from "./progress.js";
import { formatProperties } from "./properties.js";
import { explainSystemError } from "./system-error.js";

export interface PluginSettings {
  /** Folder for the files; made if it is not there. */
  readonly folder: string;
  /** Prefix of OPAE's SDK; undefined: the system's. */
  readonly opae: string | undefined;
  /** Of the simulated card. */
  readonly configuration: Configuration;
  readonly cacheFolder: string;
}

/** What was made, with absolute paths. */
export interface BoardPlugin {
  readonly plugin: string;
  /** libopae-c that it is for. */
  readonly library: string;
  readonly version: string | undefined;
  readonly configuration: string;
  /** Variables with which programs see the card. */
  readonly environment: Readonly<Record<string, string>>;
  /** A file for the shell that sets them. */
  readonly script: string;
}

/**
 * Make a folder with the simulated card as a plugin of OPAE, and all that makes libopae-c load it.
 * @throws UserError when something that is needed is missing, or a file cannot be written
 */
export async function makeBoardPlugin(settings: PluginSettings): Promise<BoardPlugin> {
  const { configuration, cacheFolder } = settings;
  const folder = resolve(settings.folder);
  const plugin = join(folder, PLUGIN_FILE);
  const sdk = findOpaeSdk(settings.opae);
  const opaeCfg = opaeConfiguration(plugin);
  const environment = {
    LIBOPAE_CFGFILE: join(folder, "opae.cfg"),
    TERNAC_SIM_STATE: join(folder, "state"),
    [LIBRARY_VARIABLE]: resolve(sdk.library),
  };
  try {
    makeFolder(environment.TERNAC_SIM_STATE);
  } catch (error) {
    throw explainSystemError(error, `cannot make the folder ${settings.folder}`);
  }
  const building = new Progress(`building the simulated card of ${configuration.name}, files`);
  let card: string;
  try {
    card = await buildSimulatedBoard({
      configuration,
      cacheFolder,
      onProgress: (done, total) => building.update(done, total),
    });
  } finally {
    building.finish();
  }
  const library = await compilePlugin(sdk, configuration);
  const script = join(folder, "env.sh");
  await writeBinary(join(folder, CARD_FILE), [await readBinary(card)]);
  await writeBinary(plugin, [library]);
  await writeText(environment.LIBOPAE_CFGFILE, opaeCfg);
  await writeText(script, shellScript(environment));
  return {
    plugin,
    library: environment[LIBRARY_VARIABLE],
    version: sdk.version,
    configuration: configuration.name,
    environment,
    script,
  };
}

/** A word for a POSIX shell. */
const quote = (text: string) =>
  /^[\w/.,:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

function shellScript(environment: Readonly<Record<string, string>>): string {
  const lines = Object.entries(environment).map(
    ([name, value]) => `export ${name}=${quote(value)}`,
  );
  return `# Made by ternac board plugin: have libopae-c see the simulated card.\n${lines.join("\n")}\n`;
}

/** For people. */
export function formatBoardPlugin(made: BoardPlugin): string {
  return formatProperties([
    ["plugin", made.plugin],
    ["for", `${made.library}${made.version ? `, version ${made.version}` : ""}`],
    ["card", `${made.configuration}, simulated`],
    ["then", `. ${quote(made.script)}; fpgainfo port`],
  ]);
}
