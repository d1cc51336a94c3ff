/**
 * Where the time of a token goes: npx tsx bench/profile.ts [MODEL] [--synthetic] [--tokens N] [--threads N]
 * Samples the emulator while it generates, and adds up the time by kernel; all else is dispatch, scalar
 * instructions, DRAM and the host.
 */
import { Session as Inspector, type Profiler } from "node:inspector/promises";
import { parseArgs } from "node:util";
import { openModel } from "../src/cli/open-model.js";
import { Emulator } from "../src/emulator/index.js";
import { generate, Session } from "../src/session/index.js";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    synthetic: { type: "boolean", default: false },
    tokens: { type: "string", default: "2000" },
    threads: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
const count = Number(flags.tokens);
const model = await openModel(positionals[0] ?? "models/shakespeare", flags);
const emulator = new Emulator({ threads: Number(flags.threads) });
const session = await Session.open(emulator, model.image);

/** @returns milliseconds a token */
async function run(tokens: number): Promise<number> {
  const start = performance.now();
  for await (const _ of generate(session, { prompt: [1], count: tokens }));
  return (performance.now() - start) / tokens;
}

/** Self time in microseconds, by the name of a kernel's function or "other". */
function selfTimes({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map<string, number>();
  for (const [i, id] of samples.entries()) {
    const { url, functionName } = names.get(id)!;
    if (functionName === "(idle)") continue;
    const name = url.startsWith("wasm:")
      ? functionName.replace(/^.*\//, "")
      : process.env.DETAIL
        ? `js ${functionName} ${url.replace(/^.*\//, "")}`
        : "other";
    times.set(name, (times.get(name) ?? 0) + timeDeltas[i]!);
  }
  return [...times].sort(([, a], [, b]) => b - a);
}

await run(Math.ceil(count / 4)); // decodes the weights, and lets V8 optimise
const inspector = new Inspector();
inspector.connect();
await inspector.post("Profiler.enable");
await inspector.post("Profiler.setSamplingInterval", { interval: 100 });
await inspector.post("Profiler.start");
const milliseconds = await run(count);
const { profile } = await inspector.post("Profiler.stop");
inspector.disconnect();
await emulator.close();

const times = selfTimes(profile);
const total = times.reduce((sum, [, time]) => sum + time, 0);
const share = (time: number) => time / total;
const PRODUCT = ["multiplySteps", "addChunk", "finishRows", "product", "claimTasks"];
const kernels = times.filter(([name]) => name !== "other");
const sum = (list: readonly (readonly [string, number])[]) => list.reduce((a, [, t]) => a + t, 0);
const report = {
  kernel: emulator.kernel,
  tokens: count,
  millisecondsPerToken: milliseconds,
  productsShare: share(sum(kernels.filter(([name]) => PRODUCT.some((p) => name.includes(p))))),
  kernelsShare: share(sum(kernels)),
  shares: Object.fromEntries(times.map(([name, time]) => [name, share(time)])),
};
if (flags.json) console.log(JSON.stringify(report, null, 2));
else {
  console.log(`kernel ${report.kernel}, ${milliseconds.toFixed(3)} ms a token (sampled)`);
  const line = (name: string, part: number) =>
    console.log(`${name.padEnd(24)} ${(100 * part).toFixed(1).padStart(6)} %`);
  line("matrix products", report.productsShare);
  line("all kernels", report.kernelsShare);
  console.log("");
  for (const [name, time] of times) line(name, share(time));
}
