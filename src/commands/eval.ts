import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../cli/base-command.js";
import { integer, runFlags } from "../cli/flags.js";
import { prose } from "../cli/prose.js";
import { UsageError } from "../cli/usage-error.js";

export default class Eval extends BaseCommand {
  static override summary = "Measure how good a model is on the instruction set.";
  static override description = prose(`
    With --golden, the compiled model runs over the token ids of a reference file and is compared with what the
    published implementation computed there: likelihoods, most likely tokens, logits, generated text. What the
    file lacks is null, and named.

    With --text, the perplexity of a text of your own is computed.
  `);
  static override examples = [
    "<%= config.bin %> <%= command.id %> models/shakespeare --golden test/golden/shakespeare.safetensors",
    "<%= config.bin %> <%= command.id %> models/shakespeare --golden golden.safetensors --limit 256 --json",
    "<%= config.bin %> <%= command.id %> models/shakespeare --text sonnets.txt",
    "<%= config.bin %> <%= command.id %> shakespeare.elf --text - < sonnets.txt",
  ];
  static override enableJsonFlag = true;
  static override args = {
    model: Args.string({ description: "folder of a checkpoint, or an image", required: true }),
  };
  static override flags = {
    ...runFlags,
    golden: Flags.string({
      helpValue: "<file>",
      description: "safetensors file with the reference's outputs",
      exclusive: ["text"],
    }),
    text: Flags.string({
      helpValue: "<file>",
      description: "text whose perplexity to compute; - is standard input",
    }),
    limit: integer({ min: 1, description: "most positions of each part to compute" }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Eval);
    const { golden, text } = flags;
    const settings = {
      ...flags,
      caching: await this.caching(flags.cache),
      places: this.targetPlaces,
    };
    const evaluation = await import("../cli/evaluate-model.js");
    if (golden !== undefined) {
      const result = await evaluation.evaluateGolden(args.model, golden, settings);
      this.log(evaluation.formatEvaluation(result));
      return result;
    }
    if (text === undefined)
      throw new UsageError("nothing to measure against", "give --golden FILE or --text FILE");
    const result = await evaluation.evaluateOwnText(args.model, text, settings);
    this.log(evaluation.formatTextEvaluation(result));
    return result;
  }
}
