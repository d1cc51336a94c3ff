import { UserError } from "../diagnostics/diagnostic.js";
import type { Configuration } from "../isa/spec.js";
import { type Packing, pack } from "../ternary/packing.js";
import { lower } from "./backend.js";
import { type Compiled, compiledProgram, fileStem } from "./compiled.js";
import { emitContext } from "./emit/context.js";
import { emitProgram } from "./emit/program.js";
import { emitRegion } from "./emit/region.js";
import { MLGRU_MATRICES, type MlgruLayer, matrixName, paperMlgru } from "./frontends/mlgru.js";
import { fillData } from "./layout/fill-data.js";
import { spillBytes } from "./layout/spill-area.js";
import { checkInstructions } from "./limits.js";
import { type PassName, type PassOptions, runPasses } from "./passes/pipeline.js";
import type { WeightSource } from "./weight-source.js";

export interface CompileMlgruOptions extends PassOptions {
  readonly configuration: Configuration;
  readonly packing: Packing;
  readonly name?: string;
  /** What the names of its files begin with; default: the name. The image is the same for any. */
  readonly stem?: string;
  readonly passes?: readonly PassName[];
  readonly schedule?: boolean;
}

function checkShapes(layer: MlgruLayer): void {
  const { width, stateWidth } = layer;
  for (const letter of MLGRU_MATRICES) {
    const { trits, scale } = layer[letter];
    if (trits.length !== width * stateWidth)
      throw new UserError(
        `matrix ${letter} of the MLGRU has ${trits.length} weights; expected ${width} x ${stateWidth} = ${width * stateWidth}`,
      );
    const wrong = trits.find((trit) => trit < -1 || trit > 1);
    if (wrong !== undefined)
      throw new UserError(
        `matrix ${letter} of the MLGRU holds ${wrong}; its weights must be -1, 0 or 1`,
      );
    if (!Number.isFinite(scale))
      throw new UserError(`the scale of matrix ${letter} of the MLGRU is ${scale}`);
  }
}

function weightsOf(layer: MlgruLayer): WeightSource {
  return {
    rowChunks(name) {
      throw new Error(`an MLGRU layer has no table "${name}"`);
    },
    async packedMatrix(name, packing, { start, end }, _, out) {
      const letter = MLGRU_MATRICES.find((matrix) => matrixName(matrix) === name)!;
      const { trits, scale } = layer[letter];
      const columns = trits.length / end;
      out.set(pack(trits, end - start, columns, packing));
      return { inverseScale: scale };
    },
  };
}

/**
 * Compiles one step of the paper's MLGRU to a straight-line program that runs once and halts: the
 * host writes `input` (and `state`, to go on from an earlier step) and reads `output` and `state`.
 * @throws UserError when the layer's matrices do not fit each other or the configuration
 */
export async function compileMlgru(
  layer: MlgruLayer,
  options: CompileMlgruOptions,
): Promise<Compiled> {
  const { configuration, packing, name = "mlgru" } = options;
  checkShapes(layer);
  const program = runPasses(paperMlgru(name, layer), options, options.passes);
  const lowered = lower(program, options);
  const context = emitContext(lowered, packing);
  context.text.line(".text");
  context.text.label("_start");
  program.regions.forEach((region, i) => {
    emitRegion(context, region, lowered.codes[i]!);
  });
  context.text.instruction("halt", []);
  checkInstructions(name, context.text.instructions, configuration);

  const data = await fillData(lowered.plan, packing, weightsOf(layer));
  const stem = fileStem(options.stem ?? name);
  const files = new Map([[`${stem}.bin`, data.bytes]]);
  const assembly = emitProgram(
    context,
    `${fileStem(name)}.tasm`,
    [
      `${name}: one step of the paper's MLGRU, width ${layer.width}, state ${layer.stateWidth}`,
      `for configuration ${configuration.name}, ternary matrices packed ${packing}`,
      "",
      "In: input, state. Out: output, state. Runs once and halts.",
      "Values in comments are those of the intermediate representation (--emit ir).",
    ],
    {},
    {
      program,
      plan: lowered.plan,
      scales: data.scales,
      dataFile: `${stem}.bin`,
      spillBytes: spillBytes(lowered.codes),
      stopToken: undefined,
    },
    [],
  );
  return compiledProgram({
    file: `${stem}.tasm`,
    assembly,
    files,
    program,
    configuration,
    diagnostics: [],
  });
}
