/**
 * How well the cycle model predicts the core: npx tsx bench/cycle-model.ts [--config NAME] [--random N]
 * [--tokens N] [--synthetic FOLDER]. Prints a table for docs/cycle-model.md; needs Verilator.
 */
import { parseArgs } from "node:util";
import { openModel } from "../src/cli/open-model.js";
import { findConfiguration } from "../src/isa/index.js";
import type { Packing } from "../src/ternary/packing.js";
import {
  type Compared,
  compareProgram,
  compareRandom,
  compareTokens,
} from "../test/cycle-model/compare.js";
import { assembled, commandOf, PROGRAMS } from "../test/programs/run-program.js";
import { openSimulator } from "../test/rtl/simulator.js";

const { values: flags } = parseArgs({
  options: {
    config: { type: "string", multiple: true, default: ["tiny", "d5005"] },
    random: { type: "string", default: "200" },
    tokens: { type: "string", default: "16" },
    synthetic: { type: "string", multiple: true, default: [] },
    packing: { type: "string", multiple: true, default: ["t4", "t5"] },
  },
});

const percent = (part: number, whole: number, digits = 2) =>
  `${((100 * part) / whole).toFixed(digits)} %`;

function row(name: string, { predicted, clocks, report }: Compared): void {
  const cells = [
    name,
    clocks.toLocaleString("en"),
    predicted.toLocaleString("en"),
    percent(predicted - clocks, clocks),
    percent(report.dram.rooflineClocks, clocks, 1),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

for (const name of flags.config) {
  const configuration = findConfiguration(name);
  if (!configuration) throw new Error(`no configuration ${name}`);
  const core = await openSimulator(configuration, { randomInitial: false });
  console.log(`\n${name}\n\n| run | RTL clocks | predicted | error | DRAM roofline / clocks |`);
  console.log("|---|---:|---:|---:|---:|");
  for (const program of PROGRAMS) {
    const { input } = commandOf(program);
    row(`\`${program}\``, await compareProgram(core, assembled(program, configuration), input));
  }
  const models = [
    ...["models/layer512", "models/shakespeare"].map((path) => [path, false] as const),
    ...flags.synthetic.map((path) => [path, true] as const),
  ];
  for (const [path, synthetic] of models)
    for (const packing of flags.packing as Packing[]) {
      const settings = { config: configuration, packing, synthetic };
      const { image } = await openModel(path, settings);
      const tokens = synthetic ? 1 : Number(flags.tokens);
      const label = `${path.split("/").at(-1)}, ${packing}, ${tokens} tokens`;
      row(label, await compareTokens(core, image, tokens));
    }
  const errors: number[] = [];
  let worst: Compared | undefined;
  for (let seed = 0n; errors.length < Number(flags.random); seed++) {
    const compared = await compareRandom(core, seed);
    if (!compared) continue;
    const error = Math.abs(compared.predicted / compared.clocks - 1);
    if (error >= Math.max(0, ...errors)) worst = compared;
    errors.push(error);
  }
  errors.sort((a, b) => a - b);
  const at = (share: number) => percent(errors[Math.floor(share * (errors.length - 1))] ?? 0, 1);
  console.log(
    `\n${errors.length} random programs: exact ${errors.filter((e) => e === 0).length}; error median ${at(0.5)}, 90 % below ${at(0.9)}, worst ${at(1)} (${worst?.predicted} for ${worst?.clocks})`,
  );
  await core.close();
}
