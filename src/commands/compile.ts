import { basename, dirname, extname, join } from "node:path";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../cli/base-command.js";
import { integer, type ModelSettings, modelFlags, output } from "../cli/flags.js";
import { STANDARD_STREAM, writeBinary, writeText } from "../cli/output.js";
import { prose } from "../cli/prose.js";
import { UsageError } from "../cli/usage-error.js";
import type { Compiled } from "../compiler/index.js";

const EXTENSIONS = { ir: ".ir", asm: ".tasm", image: ".elf" } as const;

export default class Compile extends BaseCommand {
  static override summary = "Compile a checkpoint to a program.";
  static override description =
    prose(`Reads a Hugging Face folder (config.json, safetensors, tokenizer.json), ternarises its weights and writes a
program that generates text. The image holds everything that \`generate\` and \`eval\` need.

--emit asm writes the program as assembly, with its data in files beside it: \`asm\` makes the same image
of it. --emit ir writes the graph of vector operations that the program was made from.

--mlgru compiles one layer of the paper's token mixer instead, as a kernel to study: the host puts its input at
the symbol \`input\` and finds the result at \`output\`. Its weights are random (--seed), or those of a
safetensors file: w_f, w_c, w_g and w_o as I8, and scale_f, scale_c, scale_g, scale_o if they are not 1.`);
  static override examples = [
    "<%= config.bin %> <%= command.id %> models/shakespeare",
    "<%= config.bin %> <%= command.id %> models/shakespeare --emit asm -o shakespeare.tasm",
    "<%= config.bin %> <%= command.id %> models/shakespeare --emit ir -o - | less",
    "<%= config.bin %> <%= command.id %> models/shakespeare --packing t4 --config tiny -o small.elf",
    "<%= config.bin %> <%= command.id %> --mlgru 512 --seed 1 --emit asm -o mlgru.tasm",
  ];
  static override enableJsonFlag = true;
  static override args = {
    model: Args.string({ description: "folder of the checkpoint" }),
  };
  static override flags = {
    ...modelFlags,
    mlgru: Flags.string({
      helpValue: "<n[xm]|file>",
      description: "compile a layer of the paper: its width and state width, or its weights",
      exclusive: ["synthetic"],
    }),
    seed: integer({ min: 0, description: "of the layer's random weights", default: 1 }),
    emit: Flags.option({
      description: "what to write",
      options: ["ir", "asm", "image"] as const,
      default: "image",
    })(),
    output: output({
      description: "file to write, by default named like the model; - is standard output",
    }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Compile);
    this.checkStandardOutput(flags.output);
    const { emit } = flags;
    // Named after the assembly file, so that the data of two programs in one folder do not clash.
    const toFile = flags.output !== undefined && flags.output !== STANDARD_STREAM;
    const stem =
      emit === "asm" && toFile ? basename(flags.output!, extname(flags.output!)) : undefined;
    const compiled = await this.compile(args.model, flags, stem === undefined ? {} : { stem });
    const path = flags.output ?? compiled.file.replace(/\.tasm$/, EXTENSIONS[emit]);
    const written = await this.write(compiled, emit, path);
    return { written, diagnostics: compiled.diagnostics };
  }

  private async compile(
    model: string | undefined,
    flags: ModelSettings & { mlgru?: string | undefined; seed: number },
    options: { stem?: string },
  ): Promise<Compiled> {
    const { compileFolder, compileLayer } = await import("../cli/open-model.js");
    if ((model === undefined) === (flags.mlgru === undefined))
      throw new UsageError("expected either the folder of a checkpoint or --mlgru");
    if (model !== undefined) return compileFolder(model, flags, options);
    const { mlgruLayer } = await import("../cli/mlgru-layer.js");
    return compileLayer(await mlgruLayer(flags.mlgru!, flags.seed), flags, options);
  }

  /** @returns the files that were written */
  private async write(compiled: Compiled, emit: keyof typeof EXTENSIONS, path: string) {
    switch (emit) {
      case "ir":
        await writeText(path, compiled.ir());
        return [path];
      case "asm":
        return this.writeAssembly(compiled, path);
      case "image": {
        const { writeElf } = await import("../image/index.js");
        await writeBinary(path, writeElf(compiled.image()));
        return [path];
      }
    }
  }

  private async writeAssembly({ assembly, files }: Compiled, path: string): Promise<string[]> {
    if (path === STANDARD_STREAM) {
      await writeText(path, assembly);
      return [path];
    }
    const written = [];
    for (const [name, bytes] of files) {
      const file = join(dirname(path), name);
      await writeBinary(file, [bytes]);
      written.push(file);
    }
    // Last, so that an assembly file is never without its data.
    await writeText(path, assembly);
    return [...written, path];
  }
}
