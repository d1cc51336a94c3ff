import { BaseCommand } from "../../cli/base-command.js";
import { boardFlags } from "../../cli/flags.js";
import { prose } from "../../cli/prose.js";

export default class BoardList extends BaseCommand {
  static override summary = "List the cards of this machine.";
  static override description = prose(`
    Every D5005 that OPAE's library or the operating system sees, with its shell, its driver and the
    accelerator that it is programmed with.
  `);
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --json",
    "<%= config.bin %> <%= command.id %> --board sim --config tiny",
  ];
  static override enableJsonFlag = true;
  static override flags = boardFlags;

  async run(): Promise<unknown> {
    const { flags } = await this.parse(BoardList);
    const { listBoards, formatBoards, jsonBoard } = await import("../../cli/boards.js");
    const { boards, problem } = await listBoards(flags, this.targetPlaces.cacheFolder);
    if (boards.length > 0) this.log(formatBoards(boards));
    else if (!this.jsonEnabled())
      this.logToStderr(
        "no card was found; `ternac board doctor` says why, `--board sim` does without",
      );
    if (problem && boards.length > 0 && !this.jsonEnabled()) this.logToStderr(problem);
    return { boards: boards.map(jsonBoard), ...(problem && { problem }) };
  }
}
