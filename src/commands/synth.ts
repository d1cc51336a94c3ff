import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { RELEASED_SIZES, type ReleasedSize } from "../checkpoint/released-shapes.js";
import { BaseCommand } from "../cli/base-command.js";
import { prose } from "../cli/prose.js";
import { WEIGHT_TYPES, type WeightType } from "../tensors/element-type.js";

export default class Synth extends BaseCommand {
  static override summary = "Make a model of a released size with made-up weights.";
  static override description =
    prose(`Writes a folder with the config.json of a released shape, so that its speed and memory can be measured
without a download. \`compile\`, \`generate\`, \`eval\` and \`inspect\` take such a folder with --synthetic
and make up the weights as they need them (docs/checkpoints.md has the recipe); what such a model says is
noise.

With --weights the weights are written, too, as a checkpoint that every program can read: 1.5 GB, 5.5 GB
and 10.8 GB as f32.`);
  static override examples = [
    "<%= config.bin %> <%= command.id %> 370m",
    "<%= config.bin %> generate synthetic-370m --synthetic --tokens 8 --stats",
    "<%= config.bin %> <%= command.id %> 1.3b --weights bf16 -o /tmp/big",
  ];
  static override enableJsonFlag = true;
  static override args = {
    size: Args.custom<ReleasedSize>({
      description: "which model's shape",
      options: [...RELEASED_SIZES],
      required: true,
    })({ required: true }),
  };
  static override flags = {
    output: Flags.string({
      char: "o",
      helpValue: "<folder>",
      description: "folder to write; default: synthetic-SIZE",
    }),
    weights: Flags.custom<WeightType>({
      description: "write all weights, as elements of this type",
      options: WEIGHT_TYPES.map((type) => type.toLowerCase()),
      // oclif has checked the name against the options.
      parse: async (text) => text.toUpperCase() as WeightType,
    })(),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Synth);
    const { writeSyntheticFolder } = await import("../cli/synthetic-folder.js");
    const folder = flags.output ?? `synthetic-${args.size}`;
    const result = await writeSyntheticFolder(args.size, folder, flags.weights);
    this.log(`${folder}: ${result.weights.toLocaleString("en")} weights`);
    return result;
  }
}
