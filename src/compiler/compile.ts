import type { Checkpoint } from "../checkpoint/checkpoint.js";
import type { ModelConfig } from "../checkpoint/config.js";
import { EMBEDDINGS } from "../checkpoint/inventory.js";
import type { Configuration } from "../isa/spec.js";
import type { Packing } from "../ternary/packing.js";
import { type LoweredProgram, lower } from "./backend.js";
import { chooseSchedule, type MeasureClocks } from "./choose-schedule.js";
import { type Compiled, compiledProgram, fileStem } from "./compiled.js";
import { type EmitContext, emitContext } from "./emit/context.js";
import type { DataSections } from "./emit/data-section.js";
import { emitProgram, type MetadataFile } from "./emit/program.js";
import { emitTokenLoop, TRAPS } from "./emit/token-loop.js";
import { hgrnBit } from "./frontends/hgrnbit.js";
import { imageOf } from "./image-of.js";
import { fillData, unitScales } from "./layout/fill-data.js";
import { spillBytes } from "./layout/spill-area.js";
import { checkDram, checkInstructions } from "./limits.js";
import { compactTable } from "./passes/compact-table.js";
import { type PassName, type PassOptions, runPasses } from "./passes/pipeline.js";

export interface CompileOptions extends PassOptions {
  /** The machine that the program is for. */
  readonly configuration: Configuration;
  /** How ternary matrices are packed in DRAM. */
  readonly packing: Packing;
  /** Of the program; default: the checkpoint's. */
  readonly name?: string;
  /** What the names of its files begin with; default: the name. The image is the same for any. */
  readonly stem?: string;
  /** The checkpoint's tokenizer.json, to be carried in the image. */
  readonly tokenizer?: Uint8Array;
  /**
   * Largest error of an embedding that is stored in 16 bits, relative to the largest; default 0. It
   * halves the largest tensor of the image; a step reads one row of it.
   */
  readonly embeddingTolerance?: number;
  /** Passes to run; default all. */
  readonly passes?: readonly PassName[];
  /** Whether instructions are reordered so that units overlap; default true. */
  readonly schedule?: boolean;
  /**
   * Counts the clocks of a token; of several schedules the one with the fewest is taken. Without it the
   * schedule is that of NOMINAL_SPEED.
   */
  readonly measure?: MeasureClocks;
  /** v registers to use; default all. For studies of register pressure. */
  readonly vectorRegisters?: number;
  /** Told how many bytes of the data file are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Compiles a checkpoint to a program that generates text (docs/program-interface.md).
 * @throws UserError when the configuration cannot run the model: it names the limit
 */
export async function compile(checkpoint: Checkpoint, options: CompileOptions): Promise<Compiled> {
  const { configuration, packing } = options;
  const { config } = checkpoint;
  const name = options.name ?? checkpoint.name;
  const source = await hgrnBit(name, config, checkpoint, { vlmax: configuration.vlmax, packing });
  // Before anything large is read: the embeddings alone, stored as narrowly as can be.
  checkDram(name, config.vocabularySize * config.hiddenSize * 2, configuration);
  const folded = runPasses(source, options, options.passes);
  const program = await compactTable(
    folded,
    EMBEDDINGS,
    checkpoint,
    options.embeddingTolerance ?? 0,
  );
  const stem = fileStem(options.stem ?? name);
  const file = `${stem}.tasm`;
  const metadataFiles = new Map([
    [`${stem}.model.json`, new TextEncoder().encode(JSON.stringify({ name, config: config.json }))],
    ...(options.tokenizer ? [[`${stem}.tokenizer.json`, options.tokenizer] as const] : []),
  ]);
  const metadata: MetadataFile[] = [
    { section: ".ternac.model", file: `${stem}.model.json` },
    ...(options.tokenizer
      ? [{ section: ".ternac.tokenizer", file: `${stem}.tokenizer.json` }]
      : []),
  ];
  const codeOf = (lowered: LoweredProgram) => {
    const context = emitContext(lowered, packing);
    emitTokenLoop(context, lowered.codes);
    checkInstructions(name, context.text.instructions, configuration);
    return context;
  };
  const assemblyOf = (
    lowered: LoweredProgram,
    context: EmitContext,
    data: Pick<DataSections, "scales" | "dataFile">,
  ) =>
    emitProgram(
      context,
      `${fileStem(name)}.tasm`,
      headerOf(name, config, options),
      TRAPS,
      {
        program,
        plan: lowered.plan,
        ...data,
        spillBytes: spillBytes(lowered.codes),
        stopToken: config.eosTokenId ?? -1,
      },
      metadata,
    );
  const draft = (lowered: LoweredProgram) => {
    const data = { scales: unitScales(lowered.plan), dataFile: undefined };
    const assembly = assemblyOf(lowered, codeOf(lowered), data);
    return imageOf(file, assembly, metadataFiles, configuration);
  };
  const { measure } = options;
  const lowered =
    measure && options.schedule !== false
      ? await chooseSchedule(program, options, draft, measure)
      : lower(program, options);
  // Before anything large is read.
  const context = codeOf(lowered);
  const data = await fillData(lowered.plan, packing, checkpoint, options.onProgress);
  const dataFile = `${stem}.bin`;
  const assembly = assemblyOf(lowered, context, { scales: data.scales, dataFile });
  const files = new Map([[dataFile, data.bytes], ...metadataFiles]);
  return compiledProgram({
    file,
    assembly,
    files,
    program,
    configuration,
    diagnostics: data.saturated.map((symbol) => ({
      severity: "warning",
      message: `${symbol} holds values that an element cannot; they were limited`,
      help: "compile with a smaller stream factor",
    })),
  });
}

/** Comment lines at the top of a program. */
function headerOf(
  name: string,
  config: ModelConfig,
  { configuration, packing }: CompileOptions,
): readonly string[] {
  const { hiddenSize, inputSize, intermediateSize, layers, vocabularySize } = config;
  return [
    `${name}: ${layers} ${layers === 1 ? "layer" : "layers"} of width ${hiddenSize}, state ${inputSize}, channel mixer ${intermediateSize}, vocabulary ${vocabularySize}`,
    `for configuration ${configuration.name}, ternary matrices packed ${packing}`,
    "",
    "Compiled by ternac. How the host talks to it: docs/program-interface.md.",
    "Values in comments are those of the intermediate representation (--emit ir).",
  ];
}
