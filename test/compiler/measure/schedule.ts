/**
 * What scheduling wins, by the issue rule alone (src/compiler/schedule/estimate.ts), for the shapes
 * of the released checkpoints: `npx tsx test/compiler/measure/schedule.ts`.
 */
import { Checkpoint, parseConfig, syntheticTensors } from "../../../src/checkpoint/index.js";
import { lower } from "../../../src/compiler/backend.js";
import { hgrnBit } from "../../../src/compiler/frontends/hgrnbit.js";
import { PASSES, type PassName, runPasses } from "../../../src/compiler/passes/pipeline.js";
import { costModel, NOMINAL_SPEED } from "../../../src/compiler/schedule/cost.js";
import { estimate } from "../../../src/compiler/schedule/estimate.js";
import { trafficOf } from "../../../src/compiler/select/select.js";
import { CONFIGURATIONS } from "../../../src/isa/index.js";
import { packedSize } from "../../../src/ternary/packing.js";

const SHAPES: Record<string, Record<string, number>> = {
  "6 x 256": { num_hidden_layers: 6, hidden_size: 256, vocab_size: 2048 },
  "370M": { num_hidden_layers: 24, hidden_size: 1024 },
  "1.3B": { num_hidden_layers: 24, hidden_size: 2048 },
  "2.7B": { num_hidden_layers: 32, hidden_size: 2560 },
};
const configuration = CONFIGURATIONS.find(({ name }) => name === "d5005")!;
const packing = "t4";
const ALL = Object.keys(PASSES) as PassName[];

async function clocksOf(
  shape: Record<string, number>,
  passes: readonly PassName[],
  schedule: boolean,
) {
  const config = parseConfig("config.json", { model_type: "hgrn_bit", ...shape });
  const checkpoint = new Checkpoint("shape", config, syntheticTensors(config));
  const { vlmax } = configuration;
  const program = runPasses(
    await hgrnBit("shape", config, checkpoint, { vlmax, packing }),
    {},
    passes,
  );
  const { codes } = lower(program, { configuration, packing, schedule });
  const cost = costModel(program, packing);
  let clocks = 0;
  let bytes = 0;
  let spills = 0;
  program.regions.forEach((region, i) => {
    const code = codes[i]!;
    clocks += region.trips * estimate(code, cost);
    spills += code.steps.filter(({ kind }) => kind === "spill").length;
    for (const step of code.steps)
      bytes +=
        region.trips *
        trafficOf(step.node, program, (rows, columns) => packedSize(rows, columns, packing));
  });
  return { clocks, bytes, spills };
}

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;

console.log("shape      written, plain   written, folded  scheduled        bytes/dramRate  spills");
for (const [name, shape] of Object.entries(SHAPES)) {
  const plain = await clocksOf(shape, ["share-values", "remove-dead"], false);
  const written = await clocksOf(shape, ALL, false);
  const scheduled = await clocksOf(shape, ALL, true);
  const bound = scheduled.bytes / NOMINAL_SPEED.dramRate;
  const column = (clocks: number) => `${clocks} (${percent(bound, clocks)})`.padEnd(17);
  console.log(
    name.padEnd(10),
    column(plain.clocks) + column(written.clocks) + column(scheduled.clocks),
    String(Math.round(bound)).padEnd(15),
    scheduled.spills,
  );
}
