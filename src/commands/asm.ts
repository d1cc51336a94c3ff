import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../cli/base-command.js";
import { assemblyFlags, integer, output } from "../cli/flags.js";
import { prose } from "../cli/prose.js";

export default class Asm extends BaseCommand {
  static override summary = "Assemble a source file to an image.";
  static override description = prose(`
    The image is written to --output, by default SOURCE with the extension .elf (standard output when the
    source is standard input). When only other outputs are asked for, such as --listing, no image is written.

    All errors of a source are reported in one run, and no output is touched when there is one.
  `);
  static override examples = [
    "<%= config.bin %> <%= command.id %> kernel.tasm",
    "<%= config.bin %> <%= command.id %> kernel.tasm -o k.elf --listing kernel.lst --symbols kernel.map",
    "<%= config.bin %> <%= command.id %> kernel.tasm -I include -D WIDTH=512 --config tiny",
    "<%= config.bin %> <%= command.id %> kernel.tasm --expanded - | less",
    "<%= config.bin %> <%= command.id %> kernel.tasm --readmemh code.hex --section .text --word-bits 64",
    "cat kernel.tasm | <%= config.bin %> <%= command.id %> - -o - | <%= config.bin %> dis -",
  ];
  static override enableJsonFlag = true;
  static override args = {
    source: Args.string({ description: "assembly source; - is standard input", required: true }),
  };
  static override flags = {
    ...assemblyFlags,
    output: output({ description: "image to write; - is standard output" }),
    listing: Flags.string({
      helpValue: "<file>",
      description: "write the listing: address, code and source of every line",
    }),
    symbols: Flags.string({ helpValue: "<file>", description: "write the symbol map" }),
    expanded: Flags.string({
      helpValue: "<file>",
      description: "write the source after includes, macros, repetitions and conditions",
    }),
    readmemh: Flags.string({
      helpValue: "<file>",
      description: "write a section as text for Verilog's $readmemh",
    }),
    binary: Flags.string({ helpValue: "<file>", description: "write a section's bytes" }),
    section: Flags.string({
      helpValue: "<name>",
      description: "section that --readmemh and --binary write",
      default: ".text",
    }),
    "word-bits": integer({
      min: 8,
      description: "width of a word of --readmemh, a multiple of 8",
      default: 64,
    }),
    "fatal-warnings": Flags.boolean({ description: "treat warnings as errors" }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Asm);
    const { output, listing, symbols, expanded, readmemh, binary } = flags;
    this.checkStandardOutput(output, listing, symbols, expanded, readmemh, binary);
    const { assembleFile } = await import("../cli/assemble-file.js");
    return assembleFile(args.source, flags, { silent: this.jsonEnabled() });
  }
}
