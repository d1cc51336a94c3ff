/**
 * The published benchmark's work, three 512 x 512 products and the vector operations of a token mixer around
 * them, on the core from the `paper` configuration to `d5005`: npx tsx bench/paper.ts [--rtl]. Prints a table
 * for docs/cycle-model.md; the last column is the simulated core's, for the configurations that exist.
 */
import { assemble } from "../src/assembler/index.js";
import { CycleModel } from "../src/cycle-model/index.js";
import { Emulator } from "../src/emulator/index.js";
import { findConfiguration } from "../src/isa/index.js";
import type { Configuration, CoreConfiguration } from "../src/isa/spec.js";
import { openSimulator } from "../test/rtl/simulator.js";

const WIDTH = 512;

/** f = sig(Wf u), c = silu(Wc u), g = sig(Wg u), h = f h + (1 - f) c, o = g h, with u = rms(x). */
const source = (packing: string) => `
        .text
        li      x5, fixed(1)
        setvli  ${WIDTH}
        ldv     v0, x(x0)
        ldv     v7, h(x0)
        norm    v1, v0, eps(1e-6)
        quant   q0, v1
        tmatmul.${packing} v1, q0, Wf(x0), x0
        tmatmul.${packing} v2, q0, Wc(x0), x0
        sig     v1, v1
        silu    v2, v2
        tmatmul.${packing} v3, q0, Wg(x0), x0
        mul     v4, v1, v7
        sub     v1, x5, v1
        mul     v2, v1, v2
        add     v7, v4, v2
        sv      h(x0), v7
        sig     v3, v3
        mul     v3, v3, v7
        sv      o(x0), v3
        halt
        .bss
x:      .zero   ${4 * WIDTH}
h:      .zero   ${4 * WIDTH}
o:      .zero   ${4 * WIDTH}
${["f", "c", "g"].map((gate) => `W${gate}: .zero ${Math.ceil(WIDTH / (packing === "t4" ? 4 : 5)) * WIDTH}`).join("\n")}
`;

function image(packing: string, configuration: Configuration) {
  const result = assemble("paper.tasm", source(packing), {
    configuration,
    readFile: () => undefined,
  });
  if (!result.image) throw new Error(JSON.stringify(result.diagnostics));
  return result.image;
}

async function predicted(packing: string, configuration: Configuration): Promise<number> {
  const emulator = new Emulator({ configuration, skipVectors: true });
  const model = new CycleModel(configuration);
  emulator.attach(model);
  await emulator.load(image(packing, configuration));
  await emulator.run();
  return model.report().clocks;
}

async function simulated(packing: string, configuration: Configuration): Promise<number> {
  const core = await openSimulator(configuration, { randomInitial: false });
  await core.load(image(packing, configuration));
  while ((await core.run()).reason === "steps");
  const { clocks } = await core.counters();
  await core.close();
  return clocks;
}

const paper = findConfiguration("paper")!;
const d5005 = findConfiguration("d5005")!;
/** One change after the other; each keeps those before. */
const STEPS: readonly (readonly [string, Partial<CoreConfiguration>, string?])[] = [
  ["`paper`: 8 bits an access, one in flight, 60 MHz", {}],
  ["512 bits an access", { beat_bytes: 64, lanes: 64, product_granules: 2, vector_fifo: 64 }],
  ["bursts of 4 KiB", { burst: 64, weight_fifo: 1024 }],
  ["four bursts in flight", { outstanding: 4 }],
  ["300 MHz", { clock_mhz: 300 }],
  ["four channels", { channels: 4, product_granules: 8 }],
  ["64 instructions may wait", { issue_queue: 64 }],
  ["1.6 bits a weight: `d5005`, t5", {}, "t5"],
];

console.log("| step | clocks | ms | times as fast as the step before | RTL clocks |");
console.log("|---|---:|---:|---:|---:|");
let core = paper.core;
let before: number | undefined;
for (const [name, change, packing = "t4"] of STEPS) {
  core = { ...core, ...change };
  const configuration = { ...paper, vlmax: d5005.vlmax, core };
  const clocks = await predicted(packing, configuration);
  const ms = clocks / (core.clock_mhz * 1e3);
  const same = [paper, d5005].find((one) => JSON.stringify(one.core) === JSON.stringify(core));
  const rtl = same ? (await simulated(packing, same)).toLocaleString("en") : "";
  const gain = before === undefined ? "" : (before / ms).toFixed(2);
  console.log(`| ${name} | ${clocks.toLocaleString("en")} | ${ms.toFixed(4)} | ${gain} | ${rtl} |`);
  before = ms;
}
