import { BaseCommand } from "../../cli/base-command.js";
import { boardFlags, timeout } from "../../cli/flags.js";
import { prose } from "../../cli/prose.js";

export default class BoardInfo extends BaseCommand {
  static override summary = "Show what a card is, and what it is programmed with.";
  static override description = prose(`
    The shell and its UUIDs, the PCI link, temperatures where the driver has them, and what the accelerator says
    of itself: configuration, limits, versions, and its clock, measured.
  `);
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --board 3b:00.0 --json",
    "<%= config.bin %> <%= command.id %> --board sim --config tiny",
  ];
  static override enableJsonFlag = true;
  static override flags = { ...boardFlags, timeout: timeout() };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(BoardInfo);
    const { boardInfo, formatBoardInfo, jsonBoardInfo } = await import("../../cli/boards.js");
    const info = await boardInfo(flags, this.targetPlaces.cacheFolder);
    this.log(formatBoardInfo(info));
    return jsonBoardInfo(info);
  }
}
