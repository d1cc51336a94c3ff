import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../../cli/base-command.js";
import { displayName, readBinary } from "../../cli/input.js";
import { STANDARD_STREAM, writeBinary } from "../../cli/output.js";
import { prose } from "../../cli/prose.js";

export default class GbsShow extends BaseCommand {
  static override summary = "Check a GBS file and show what it says of itself.";
  static override description = prose(`
    Everything is checked that can be told without a card, by the rules of OPAE's loader and driver; a wrong
    field is named with what it holds and what was expected.
  `);
  static override examples = [
    "<%= config.bin %> <%= command.id %> ternac.gbs",
    "<%= config.bin %> <%= command.id %> ternac.gbs --json",
    "<%= config.bin %> <%= command.id %> ternac.gbs --bitstream ternac.rbf",
    "<%= config.bin %> <%= command.id %> - < ternac.gbs",
  ];
  static override enableJsonFlag = true;
  static override args = {
    file: Args.string({ description: "GBS file; - is standard input", required: true }),
  };
  static override flags = {
    bitstream: Flags.string({
      char: "b",
      helpValue: "<file>",
      description: "write the raw bitstream to a file; - is standard output",
    }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(GbsShow);
    this.checkStandardOutput(flags.bitstream);
    const { readGbs } = await import("../../gbs/index.js");
    const { formatGbs, jsonGbs } = await import("../../cli/gbs.js");
    const gbs = readGbs(displayName(args.file), await readBinary(args.file));
    if (flags.bitstream !== undefined) await writeBinary(flags.bitstream, [gbs.payload]);
    if (flags.bitstream !== STANDARD_STREAM) this.log(formatGbs(gbs));
    return jsonGbs(gbs);
  }
}
