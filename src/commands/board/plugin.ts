import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../../cli/base-command.js";
import { configuration } from "../../cli/flags.js";
import { prose } from "../../cli/prose.js";
import { DEFAULT_CONFIGURATION } from "../../isa/configurations.js";

export default class BoardPlugin extends BaseCommand {
  static override summary = "Make a plugin of OPAE with a simulated card, for OPAE's own tools.";
  static override description = prose(`
    Fills a folder with the simulated card as a plugin for the OPAE SDK that is installed, and with the
    configuration that has libopae-c load it. In a shell that has read env.sh of that folder, fpgainfo,
    fpgaconf, programs that use libopae-c, and --target board of ternac see the card. What it holds is kept in
    the folder. Needs OPAE's headers for plugins, Verilator, g++ and make.
  `);
  static override examples = [
    "<%= config.bin %> <%= command.id %> -o simulated",
    "<%= config.bin %> <%= command.id %> -o simulated --config tiny --opae /opt/opae",
    "<%= config.bin %> <%= command.id %> -o simulated && . simulated/env.sh && fpgainfo fme",
  ];
  static override enableJsonFlag = true;
  static override flags = {
    output: Flags.string({
      char: "o",
      helpValue: "<folder>",
      description: "folder to put it in; made if it is not there",
      required: true,
    }),
    opae: Flags.string({
      helpValue: "<folder>",
      description:
        "where OPAE's SDK is installed, with include and lib; default: /usr/local, then /usr",
      env: "TERNAC_OPAE_PREFIX",
    }),
    config: configuration({
      description: `hardware configuration of the simulated card; default: ${DEFAULT_CONFIGURATION.name}`,
    }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(BoardPlugin);
    const { makeBoardPlugin, formatBoardPlugin } = await import("../../cli/board-plugin.js");
    const made = await makeBoardPlugin({
      folder: flags.output,
      opae: flags.opae,
      configuration: flags.config ?? DEFAULT_CONFIGURATION,
      cacheFolder: this.targetPlaces.cacheFolder,
    });
    this.log(formatBoardPlugin(made));
    return made;
  }
}
