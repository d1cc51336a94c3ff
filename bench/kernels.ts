/**
 * How long the matrix products of one 370M token take: npx tsx bench/kernels.ts [--json] [--rounds N]
 * Every kernel of this host with one thread and with all, beside native code and plain TypeScript. Rounds
 * go through all of them in turn, so that a busy machine slows all alike; medians are printed.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { availableKernels, type KernelName, PlainKernel } from "../src/emulator/index.js";
import { kernelModule } from "../src/emulator/kernels/kernel-module.js";
import { Team } from "../src/emulator/kernels/team.js";
import { Tuner } from "../src/emulator/kernels/tuner.js";
import { WasmUnit } from "../src/emulator/kernels/wasm-unit.js";
import { type NativeKernel, NativeKernels } from "./native-kernels.js";

/** Rows and columns of the 145 products: 24 layers of i, f, g, o, gate and down, then lm_head. */
const SHAPES: readonly (readonly [number, number])[] = [
  ...Array.from({ length: 24 }, () => [
    ...Array.from({ length: 4 }, () => [1024, 1024] as const),
    [5632, 1024] as const,
    [1024, 2816] as const,
  ]).flat(),
  [32000, 1024],
];
const MULTIPLY_ADDS = SHAPES.reduce((sum, [rows, columns]) => sum + rows * columns, 0);
const BYTES = MULTIPLY_ADDS / 4;
const VLMAX = Math.max(...SHAPES.flat());
/** binary32 of 127: with absmax 1 elements are the exact sums. */
const SCALE = 0x42fe0000;

const { values: flags } = parseArgs({
  options: { json: { type: "boolean", default: false }, rounds: { type: "string", default: "31" } },
});

let state = 0x9e3779b9;
function next(): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return state >>> 0;
}
const weights = new Uint8Array(BYTES).map(() => {
  const r = next() % 81;
  return (r % 3) | ((((r / 3) | 0) % 3) << 2) | ((((r / 9) | 0) % 3) << 4) | (((r / 27) | 0) << 6);
});
const activations = new Int8Array(65536).map(() => (next() % 255) - 127);

interface Contender {
  readonly name: string;
  readonly threads: number;
  /** Multiplies all once. */
  run(): Promise<{ ms: number; checksum?: number } | undefined>;
  readonly times: number[];
}

function timed(work: () => number | undefined) {
  const start = performance.now();
  const checksum = work();
  const ms = performance.now() - start;
  return { ms, ...(checksum !== undefined && { checksum }) };
}

function wasmContenders(kernel: Exclude<KernelName, "plain">, threadCounts: readonly number[]) {
  const unit = new WasmUnit(kernelModule(kernel)!, VLMAX);
  const team = new Team(unit, Math.max(...threadCounts));
  if (!unit.reserve(unit.arena + BYTES)) throw new Error("no memory for the weights");
  new Uint8Array(unit.memory.buffer).set(weights, unit.arena);
  unit.registers.q[0]!.values.set(activations.subarray(0, VLMAX));
  if (team.threads > 1) team.start();
  const sums = unit.registers.v[0]!;
  let checked = false;
  const contenders = threadCounts.map((most): Contender => {
    const tuner = new Tuner(most);
    const multiply = () => {
      let at = unit.arena;
      let checksum = 0;
      for (const [rows, columns] of SHAPES) {
        const [v, q] = [unit.v[0]!, unit.q[0]!];
        const { streams, threads } = tuner.begin(rows * columns);
        const { kernel, activations } = unit;
        const { lead } = tuner;
        const helped =
          kernel.product(at, activations, q, columns, rows, v, 1, SCALE, streams, threads, lead) >
          0;
        tuner.end(helped, helped ? kernel.waited() : 0);
        at += (rows * columns) / 4;
        if (!checked) for (let row = 0; row < rows; row++) checksum = (checksum + sums[row]!) >>> 0;
      }
      return checked ? undefined : checksum;
    };
    const run = async () => timed(multiply);
    return { name: kernel, threads: most, run, times: [] };
  });
  return { contenders, team, endChecks: () => (checked = true) };
}

/** The plain kernel takes packed bytes; any do for its time. */
function plainContender(): Contender {
  const kernel = new PlainKernel();
  const sums = new Int32Array(VLMAX);
  const run = async () =>
    timed(() => {
      let at = 0;
      for (const [rows, columns] of SHAPES) {
        kernel.prepare({ values: activations, columns });
        kernel.accumulate("t4", weights.subarray(at), rows / 4, columns, sums, 0);
        at += (rows * columns) / 4;
      }
      return undefined;
    });
  return { name: "plain TypeScript", threads: 1, run, times: [] };
}

function nativeContender(native: NativeKernels, name: string, kernel: NativeKernel): Contender {
  const run = async () => {
    const result = await native.run(kernel);
    return kernel.toLowerCase() === "r" && result ? { ms: result.ms } : result;
  };
  return { name, threads: kernel === kernel.toLowerCase() ? 1 : 2, run, times: [] };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const all = availableParallelism();
const threadCounts = [...new Set([1, all])];
const native = NativeKernels.build(SHAPES);
if (!native) console.error("no C compiler (cc): the native baselines are left out");
const wasm = availableKernels()
  .filter((name) => name !== "plain")
  .map((name) => wasmContenders(name, threadCounts));
const contenders = [
  ...(native
    ? [
        nativeContender(native, "C, only reading the weights", "r"),
        ...(all > 1 ? [nativeContender(native, "C, only reading the weights", "R")] : []),
        nativeContender(native, "C, vectorised by hand", "h"),
        ...(all > 1 ? [nativeContender(native, "C, vectorised by hand", "H")] : []),
        nativeContender(native, "C, the compiler's vectoriser", "c"),
      ]
    : []),
  ...wasm.flatMap((kernel) => kernel.contenders),
  plainContender(),
];

const SLOW = ["plain TypeScript", "C, the compiler's vectoriser"];
let expected: number | undefined;
const rounds = Number(flags.rounds);
for (let round = -2; round < rounds; round++) {
  if (round === 0) for (const { endChecks } of wasm) endChecks();
  for (let i = 0; i < contenders.length; i++) {
    const contender = contenders[(i + Math.max(round, 0)) % contenders.length]!;
    const isSlow = SLOW.includes(contender.name);
    if (isSlow && round > 4) continue; // and steady
    // Twice in a row, as when tokens are generated: the first time may find threads asleep.
    if (!isSlow) await contender.run();
    const result = await contender.run();
    if (!result) continue;
    if (result.checksum !== undefined) {
      expected ??= result.checksum;
      if (result.checksum !== expected)
        throw new Error(`${contender.name} with ${contender.threads} threads: wrong sums`);
    }
    if (round >= 0) contender.times.push(result.ms);
  }
}
native?.close();
for (const { team } of wasm) await team.close();

const results = contenders
  .filter(({ times }) => times.length > 0)
  .map(({ name, threads, times }) => {
    const ms = median(times);
    const fastest = Math.min(...times);
    return {
      kernel: name,
      threads,
      ms,
      fastestMs: fastest,
      gigaMultiplyAddsPerSecond: MULTIPLY_ADDS / ms / 1e6,
      gigabytesPerSecond: BYTES / ms / 1e6,
      rounds: times.length,
    };
  });
if (flags.json) {
  const { node, v8 } = process.versions;
  console.log(
    JSON.stringify({ node, v8, products: SHAPES.length, MULTIPLY_ADDS, results }, null, 2),
  );
} else {
  console.log(`${SHAPES.length} products, ${(MULTIPLY_ADDS / 1e6).toFixed(0)} M multiply-adds,`);
  console.log(`${(BYTES / 1e6).toFixed(0)} MB of weights; Node ${process.versions.node}\n`);
  console.log("kernel                        threads  median ms  fastest ms  GMAC/s  GB/s");
  for (const r of results)
    console.log(
      [
        r.kernel.padEnd(30),
        String(r.threads).padStart(6),
        r.ms.toFixed(2).padStart(11),
        r.fastestMs.toFixed(2).padStart(12),
        r.gigaMultiplyAddsPerSecond.toFixed(1).padStart(8),
        r.gigabytesPerSecond.toFixed(1).padStart(6),
      ].join(" "),
    );
}
