import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../cli/base-command.js";
import { output } from "../cli/flags.js";
import { prose } from "../cli/prose.js";

export default class Dis extends BaseCommand {
  static override summary = "Disassemble an image.";
  static override description = prose(`
    What is written is assembly: \`asm\` makes the same code of it, with the same labels and symbols.
  `);
  static override examples = [
    "<%= config.bin %> <%= command.id %> kernel.elf",
    "<%= config.bin %> <%= command.id %> shakespeare.elf --data none | less",
    "<%= config.bin %> <%= command.id %> shakespeare.elf --data include -o shakespeare.tasm",
    "<%= config.bin %> <%= command.id %> kernel.elf -o kernel.tasm",
    "cat kernel.elf | <%= config.bin %> <%= command.id %> -",
  ];
  static override args = {
    image: Args.string({ description: "image; - is standard input", required: true }),
  };
  static override flags = {
    output: output({ description: "file to write; default: standard output", default: "-" }),
    data: Flags.option({
      description:
        "how to write data: in full, as an inclusion of the image file where it is long, or as zeros",
      options: ["full", "include", "none"] as const,
      default: "full",
    })(),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Dis);
    const { disassembleFile } = await import("../cli/disassemble-file.js");
    await disassembleFile(args.image, flags.output, flags.data);
  }
}
