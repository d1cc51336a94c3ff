import { BaseCommand } from "../../cli/base-command.js";
import { boardFlags } from "../../cli/flags.js";
import { prose } from "../../cli/prose.js";

export default class BoardReset extends BaseCommand {
  static override summary = "Reset a card's accelerator.";
  static override description = prose(`
    Ends whatever runs on the accelerator and clears its registers; the card's memory is kept. For a card that
    hangs: every command that loads a program resets the core itself.
  `);
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --board 3b:00.0",
  ];
  static override enableJsonFlag = true;
  static override flags = boardFlags;

  async run(): Promise<unknown> {
    const { flags } = await this.parse(BoardReset);
    const { resetBoard } = await import("../../cli/boards.js");
    const address = await resetBoard(flags, this.targetPlaces.cacheFolder);
    this.log(`${address} was reset`);
    return { address };
  }
}
