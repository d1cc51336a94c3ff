import * as Args from "@oclif/core/args";
import { BaseCommand } from "../cli/base-command.js";
import { prose } from "../cli/prose.js";
import { UserError } from "../diagnostics/diagnostic.js";

export default class Isa extends BaseCommand {
  static override summary = "Show the manual of an instruction.";
  static override description =
    prose(`Every form of a mnemonic is shown: syntax, encoding, operands, semantics, timing class and traps.
Aliases, control registers and traps have a page too. Without a name, all instructions are listed.`);
  static override examples = [
    "<%= config.bin %> <%= command.id %> tmatmul.t4",
    "<%= config.bin %> <%= command.id %> add",
    "<%= config.bin %> <%= command.id %> address_misaligned",
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --json",
  ];
  static override enableJsonFlag = true;
  static override args = {
    name: Args.string({
      description: "mnemonic, alias, control register or trap",
    }),
  };

  async run(): Promise<unknown> {
    const { args } = await this.parse(Isa);
    const manual = await import("../cli/manual.js");
    const { styler } = await import("../cli/terminal.js");
    const style = styler(process.stdout);
    if (args.name === undefined) {
      this.log(manual.formatInstructionList(style));
      const { ALIASES, CONFIGURATIONS, CSRS, INSTRUCTIONS, ISA, TRAPS } = await import(
        "../isa/index.js"
      );
      return {
        isa: ISA,
        instructions: INSTRUCTIONS,
        aliases: ALIASES,
        controlRegisters: CSRS,
        traps: TRAPS,
        configurations: CONFIGURATIONS,
      };
    }
    const entries = manual.findManualEntries(args.name);
    if (!entries) {
      const { nearest } = await import("../diagnostics/suggest.js");
      const candidate = nearest(args.name, manual.manualNames());
      throw new UserError(
        `no instruction is called "${args.name}"`,
        candidate ? `did you mean "${candidate}"?` : `\`${this.config.bin} isa\` lists them all`,
      );
    }
    this.log(manual.formatManual(entries));
    return entries;
  }
}
