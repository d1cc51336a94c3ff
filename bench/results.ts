import { cpus, loadavg, totalmem } from "node:os";
import type { ProcessUsage } from "./measured-process.js";
import type { Step } from "./steps.js";

/** Medians of a step over all rounds. */
export interface StepResult {
  readonly group: string;
  readonly name: string;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  readonly bytesPerSecond?: number;
  /** From the first token that is fed to the last that comes; loading is not in it. */
  readonly tokensPerSecond?: number;
  /** Wall seconds of every round. */
  readonly samples: readonly number[];
}

/** What bench/kernels.ts says of the matrix products of a 370M token. */
export interface KernelReport {
  readonly products: number;
  readonly results: readonly {
    readonly kernel: string;
    readonly threads: number;
    readonly ms: number;
    readonly gigaMultiplyAddsPerSecond: number;
    readonly gigabytesPerSecond: number;
  }[];
}

export interface BenchReport {
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryBytes: number;
    readonly node: string;
    readonly platform: string;
    /** Of the minute before and after: above the number of cores, wall times say little. */
    readonly loadAverage: readonly [number, number];
  };
  readonly rounds: number;
  readonly steps: readonly StepResult[];
  /** When there is a measurement of them. */
  readonly kernels?: KernelReport;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function summarise({ group, name, bytes, tokens }: Step, runs: ProcessUsage[]): StepResult {
  const middle = (of: (run: ProcessUsage) => number) => median(runs.map(of));
  const wallSeconds = middle((run) => run.wallSeconds);
  return {
    group,
    name,
    wallSeconds,
    cpuSeconds: middle((run) => run.cpuSeconds),
    peakBytes: middle((run) => run.peakBytes),
    ...(bytes && { bytesPerSecond: bytes / wallSeconds }),
    ...(tokens && { tokensPerSecond: middle(({ stdout }) => JSON.parse(stdout).tokensPerSecond) }),
    samples: runs.map((run) => run.wallSeconds),
  };
}

export function machine(loadBefore: number): BenchReport["machine"] {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryBytes: totalmem(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    loadAverage: [loadBefore, loadavg()[0]!],
  };
}

/** The report as Markdown tables. */
export function formatReport({ machine, rounds, steps, kernels }: BenchReport): string {
  const [before, after] = machine.loadAverage.map((load) => load.toFixed(1));
  const lines = [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${machine.platform}; load average ${before} before, ${after} after; medians of ${rounds}`,
    "",
    "| | wall s | CPU s | peak MB | rate |",
    "|---|---:|---:|---:|---:|",
  ];
  for (const step of steps) {
    const { name, wallSeconds, cpuSeconds, peakBytes } = step;
    const cells = [wallSeconds.toFixed(2), cpuSeconds.toFixed(2), (peakBytes / 1e6).toFixed(0)];
    lines.push(`| ${[name, ...cells, rate(step)].join(" | ")} |`);
  }
  return [...lines, ...(kernels ? kernelLines(kernels) : [])].join("\n");
}

function kernelLines({ products, results }: KernelReport): string[] {
  return [
    "",
    `The ${products} matrix products of one 370M token:`,
    "",
    "| kernel | threads | ms | G multiply-adds/s | GB/s |",
    "|---|---:|---:|---:|---:|",
    ...results.map((result) => {
      const { kernel, threads, ms, gigaMultiplyAddsPerSecond, gigabytesPerSecond } = result;
      const rates = [gigaMultiplyAddsPerSecond.toFixed(1), gigabytesPerSecond.toFixed(1)];
      return `| ${[kernel, threads, ms.toFixed(2), ...rates].join(" | ")} |`;
    }),
  ];
}

function rate({ tokensPerSecond, bytesPerSecond }: StepResult): string {
  if (tokensPerSecond !== undefined) return `${tokensPerSecond.toFixed(1)} tokens/s`;
  return bytesPerSecond === undefined ? "" : `${(bytesPerSecond / 1e9).toFixed(2)} GB/s`;
}
