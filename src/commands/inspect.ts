import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../cli/base-command.js";
import { prose } from "../cli/prose.js";

export default class Inspect extends BaseCommand {
  static override summary = "Show what is in an image or a checkpoint.";
  static override description = prose(`
    Of an image: what it needs, its sections, memory map, instruction mix, ternary matrices and symbols. Of a
    checkpoint's folder: the model's shape and every tensor, with the sparsity of the ternary ones.
  `);
  static override examples = [
    "<%= config.bin %> <%= command.id %> shakespeare.elf",
    "<%= config.bin %> <%= command.id %> models/shakespeare",
    "<%= config.bin %> <%= command.id %> models/shakespeare --json",
  ];
  static override enableJsonFlag = true;
  static override args = {
    path: Args.string({
      description: "image, or folder of a checkpoint; - is an image from standard input",
      required: true,
    }),
  };
  static override flags = {
    synthetic: Flags.boolean({
      description: "use made-up weights: the folder needs only a config.json (docs/checkpoints.md)",
    }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Inspect);
    const { inspectPath } = await import("../cli/inspect-path.js");
    const { report, parts } = await inspectPath(args.path, flags.synthetic);
    const { styler } = await import("../cli/terminal.js");
    const style = styler(process.stdout);
    this.log(
      parts.map(({ heading, lines }) => [style("bold", heading), ...lines].join("\n")).join("\n\n"),
    );
    return report;
  }
}
