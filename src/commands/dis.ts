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
    "<%= config.bin %> <%= command.id %> kernel.elf -o kernel.tasm",
    "cat kernel.elf | <%= config.bin %> <%= command.id %> -",
  ];
  static override args = {
    image: Args.string({ description: "image; - is standard input", required: true }),
  };
  static override flags = {
    output: output({ description: "file to write; default: standard output", default: "-" }),
    data: Flags.option({
      description: "whether to write what data sections hold, or only how large they are",
      options: ["full", "none"] as const,
      default: "full",
    })(),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Dis);
    const { loadImage } = await import("../cli/load-program.js");
    const { writeTextLines } = await import("../cli/output.js");
    const { disassembledLines } = await import("../disassembler/index.js");
    const image = await loadImage(args.image);
    await writeTextLines(flags.output, disassembledLines(image, { data: flags.data }));
  }
}
