import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../../cli/base-command.js";
import { output } from "../../cli/flags.js";
import { displayName, readBinary, readText } from "../../cli/input.js";
import { STANDARD_STREAM, writeBinary } from "../../cli/output.js";
import { prose } from "../../cli/prose.js";
import { UsageError } from "../../cli/usage-error.js";

export default class GbsPack extends BaseCommand {
  static override summary = "Make a GBS file of a bitstream and the accelerator's description.";
  static override description = prose(`
    The file is the same, to the byte, as the one of OPAE's packager (create-gbs). The description is the JSON
    that the accelerator was built with; --set adds what only the build knows, above all the UUID of the shell.
    What the loader or the driver would refuse is refused here.
  `);
  static override examples = [
    "<%= config.bin %> <%= command.id %> ternac.rbf --description ternac.json --set afu-image/interface-uuid=9346116d-a52d-5ca8-b06a-a9a389ef7c8d -o ternac.gbs",
    "<%= config.bin %> <%= command.id %> ternac.rbf -d ternac.json --set afu-image/clock-frequency-high=300 --set afu-image/clock-frequency-low=150 -o ternac.gbs",
    "<%= config.bin %> <%= command.id %> - -d ternac.json -o - < ternac.rbf > ternac.gbs",
  ];
  static override enableJsonFlag = true;
  static override args = {
    bitstream: Args.string({
      description: "raw bitstream (.rbf); - is standard input",
      required: true,
    }),
  };
  static override flags = {
    description: Flags.string({
      char: "d",
      helpValue: "<file>",
      description: "the accelerator's description in JSON; - is standard input",
      required: true,
    }),
    set: Flags.string({
      helpValue: "<path=value>",
      description: "set a value of the description, keys separated by slashes; may be repeated",
      multiple: true,
      multipleNonGreedy: true,
    }),
    output: output({ required: true }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(GbsPack);
    this.checkStandardOutput(flags.output);
    if (args.bitstream === STANDARD_STREAM && flags.description === STANDARD_STREAM)
      throw new UsageError("the bitstream and its description cannot both be standard input");
    const { gbsHeader, readGbs } = await import("../../gbs/index.js");
    const { formatGbs, jsonGbs } = await import("../../cli/gbs.js");
    const header = gbsHeader({
      file: displayName(flags.description),
      description: await readText(flags.description),
      set: (flags.set ?? []).map(parseSetting),
    });
    const payload = await readBinary(args.bitstream);
    // Read back before it is written: what this writes is what it, and the loader, accept.
    const gbs = readGbs(displayName(args.bitstream), Buffer.concat([header, payload]));
    await writeBinary(flags.output, [header, payload]);
    if (flags.output !== STANDARD_STREAM) this.log(formatGbs(gbs));
    return { file: flags.output, ...jsonGbs(gbs) };
  }
}

/** @throws UsageError when it is no PATH=VALUE */
function parseSetting(text: string): [string, string] {
  const match = /^([^=/]+(?:\/[^=/]+)*)=(.*)$/s.exec(text);
  if (!match)
    throw new UsageError(
      `--set ${text}: expected PATH=VALUE`,
      "write keys with slashes in between, such as afu-image/power=0",
    );
  return [match[1]!, match[2]!];
}
