/**
 * Where the time of a token goes: npx tsx bench/profile.ts [MODEL] [--synthetic] [--tokens N] [--threads N]
 * Samples the emulator while it generates, and adds up the time by what it is spent on and by function.
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

/** Functions of kernels/ that make up the products; the rest of them are vector instructions. */
const PRODUCT = /\/(product|steps|team)\//;

/** What finds the weights of a product and chooses how it is computed. */
const AROUND_PRODUCTS = /\/(tuner|team|decoded-weights)\.ts$/;

/** What a function belongs to; undefined for the profiler itself. */
function part({ url, functionName }: { url: string; functionName: string }): string | undefined {
  if (
    functionName === "(idle)" ||
    (functionName === "dispatch" && (url === "" || url.includes("inspector")))
  )
    return undefined;
  if (url.startsWith("wasm:")) return PRODUCT.test(functionName) ? "products" : "vector";
  if (functionName === "(garbage collector)") return "garbage collection";
  if (url.endsWith("/memory.ts")) return "DRAM";
  if (functionName === "tmatmul" || AROUND_PRODUCTS.test(url)) return "around products";
  if (functionName.startsWith("block_")) return "scalar and dispatch";
  if (url.endsWith("/wasm-instructions.ts") || functionName.startsWith("js-to-wasm"))
    return "calls";
  if (url.includes("/emulator/")) return "scalar and dispatch";
  return "host";
}

/** Self time in microseconds, by function. */
function selfTimes({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map<string, { part: string; time: number }>();
  for (const [i, id] of samples.entries()) {
    const frame = frames.get(id)!;
    const belongs = part(frame);
    if (!belongs) continue;
    const file = frame.url.startsWith("wasm:") ? "" : ` ${frame.url.replace(/^.*\//, "")}`;
    const name = `${frame.functionName.replace(/^.*\//, "")}${file}`;
    const entry = times.get(name) ?? { part: belongs, time: 0 };
    entry.time += timeDeltas[i]!;
    times.set(name, entry);
  }
  return [...times].sort(([, a], [, b]) => b.time - a.time);
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
const total = times.reduce((sum, [, { time }]) => sum + time, 0);
const share = (parts: readonly string[]) =>
  times.reduce((sum, [, t]) => sum + (parts.includes(t.part) ? t.time : 0), 0) / total;
const PARTS = [
  ["matrix products", ["products"]],
  ["matrix instructions", ["products", "around products"]],
  ["vector instructions", ["vector"]],
  ["all kernels", ["products", "vector"]],
  ["calls of kernels", ["calls", "around products"]],
  ["copies from and to DRAM", ["DRAM"]],
  ["scalar instructions, dispatch", ["scalar and dispatch"]],
  ["session and host", ["host"]],
  ["garbage collection", ["garbage collection"]],
] as const;
const report = {
  kernel: emulator.kernel,
  tokens: count,
  millisecondsPerToken: milliseconds,
  shares: Object.fromEntries(PARTS.map(([name, parts]) => [name, share(parts)])),
  functions: Object.fromEntries(times.map(([name, { time }]) => [name, time / total])),
};
if (flags.json) console.log(JSON.stringify(report, null, 2));
else {
  console.log(`kernel ${report.kernel}, ${milliseconds.toFixed(3)} ms a token (sampled)\n`);
  const line = (name: string, part: number) =>
    console.log(
      `${name.padEnd(34)} ${(100 * part).toFixed(1).padStart(6)} %  ${((1000 * milliseconds * part).toFixed(1)).padStart(8)} us`,
    );
  for (const [name, part] of Object.entries(report.shares)) line(name, part);
  console.log("");
  for (const [name, part] of Object.entries(report.functions)) if (part > 0.0004) line(name, part);
}
