import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../cli/base-command.js";
import { boardFlags, timeout } from "../cli/flags.js";
import { prose } from "../cli/prose.js";

export default class Flash extends BaseCommand {
  static override summary = "Program a card: a bitstream, or a program with its weights.";
  static override description = prose(`
    A GBS file is put into the card's reconfigurable part. Its form, its UUIDs, its clocks and the card are
    checked before anything is touched; afterwards the card is looked for again and asked what it is.

    An image is loaded into the memory of a card that was programmed: its weights are there then, and the next
    run, generate or eval of the same image moves only what a program changed since. Blocks that the card
    already holds are not moved.
  `);
  static override examples = [
    "<%= config.bin %> <%= command.id %> ternac.gbs --dry-run",
    "<%= config.bin %> <%= command.id %> ternac.gbs --board 3b:00.0",
    "<%= config.bin %> <%= command.id %> shakespeare.elf --verify",
    "<%= config.bin %> <%= command.id %> shakespeare.elf --board sim --config tiny --json",
  ];
  static override enableJsonFlag = true;
  static override args = {
    file: Args.string({
      description: "GBS file or image; - is standard input",
      required: true,
    }),
  };
  static override flags = {
    ...boardFlags,
    timeout: timeout(),
    "dry-run": Flags.boolean({ description: "check everything, but change nothing on the card" }),
    verify: Flags.boolean({
      description: "read all that an image has on the card back, and compare",
    }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Flash);
    const { flashFile } = await import("../cli/flash-file.js");
    const { text, json } = await flashFile(args.file, flags, this.targetPlaces.cacheFolder);
    this.log(text);
    return json;
  }
}
