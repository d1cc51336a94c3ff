import type { BoardReport, BoardTarget } from "../board/index.js";
import type { CycleReport } from "../cycle-model/index.js";
import { Emulator, Statistics, type StatisticsReport } from "../emulator/index.js";
import type { Image, SourceLocation } from "../image/image.js";
import type { Configuration } from "../isa/spec.js";
import type { RtlReport, RtlTarget } from "../rtl/index.js";
import { runProgram } from "../session/run-program.js";
import type { Stop } from "../target/target.js";
import type { Tensor } from "../tensors/index.js";
import { configurationFor } from "./configuration-for.js";
import type { AssemblySettings, TargetSettings } from "./flags.js";
import { loadProgram } from "./load-program.js";
import {
  checkTargetSettings,
  type OpenedTarget,
  openTarget,
  type TargetPlaces,
} from "./open-target.js";
import {
  getTensors,
  setTensors,
  type TensorRequest,
  tensorRequests,
  writeTensorFiles,
} from "./run-tensors.js";
import { traceTo } from "./trace-output.js";
import { UsageError } from "./usage-error.js";

/** What the flags of `run` say. */
export interface ExecutionSettings extends AssemblySettings, TargetSettings {
  readonly config?: Configuration | undefined;
  readonly input: readonly bigint[];
  readonly "close-input": boolean;
  /** `NAME=VALUE` each. */
  readonly set?: readonly string[] | undefined;
  /** `NAME[=FILE]` each. */
  readonly get?: readonly string[] | undefined;
  readonly "max-steps"?: number | undefined;
  readonly trace: boolean;
  readonly "trace-file"?: string | undefined;
  readonly stats: boolean;
  readonly places: TargetPlaces;
}

/** What a program did. */
export interface Execution {
  readonly stop: Stop;
  /** Where the program stood, unless it halted. */
  readonly source?: SourceLocation | undefined;
  readonly output: readonly bigint[];
  readonly tensors: ReadonlyMap<TensorRequest, Tensor>;
  readonly instructions: number;
  readonly seconds: number;
  /** Present when it was asked for. */
  readonly statistics?: StatisticsReport;
  /** What the simulated core did, where that is what ran; present when it was asked for. */
  readonly simulation?: RtlReport | BoardReport;
  /** What the cycle model predicts; present when it was asked for. */
  readonly timing?: CycleReport;
}

/**
 * Load a program, fill its symbols, run it, and write the files that were asked for.
 * @param onOutput called with the entries of the output queue as they come
 * @throws UserError, DiagnosticsError, UsageError; not for how the program stops
 */
export async function executeProgram(
  path: string,
  settings: ExecutionSettings,
  onOutput: (entries: readonly bigint[]) => Promise<void>,
): Promise<Execution> {
  checkTargetSettings(settings);
  checkTrace(settings);
  const image = await loadProgram(path, settings);
  const requests = tensorRequests(image, settings.get ?? []);
  const configuration = configurationFor(image, settings.config);
  // What is counted anyway is worth its clocks, too.
  const timing = settings.timing || (settings.stats && settings.target === "emulator");
  const opened = await openTarget(configuration, { ...settings, timing }, settings.places);
  try {
    return await execute(opened, image, requests, settings, onOutput);
  } finally {
    await opened.close();
  }
}

/** @throws UsageError when a trace is asked for of a target that has none */
function checkTrace({ target, trace, "trace-file": file }: ExecutionSettings): void {
  if (target === "emulator" || !(trace || file !== undefined)) return;
  throw new UsageError(
    `--${trace ? "trace" : "trace-file"} is of --target emulator`,
    target === "rtl"
      ? "use --wave FILE to see what the simulated core does"
      : "run it on the emulator to see what it does, or with --target rtl --wave FILE",
  );
}

async function execute(
  { target, report, timing }: OpenedTarget,
  image: Image,
  requests: readonly TensorRequest[],
  settings: ExecutionSettings,
  onOutput: (entries: readonly bigint[]) => Promise<void>,
): Promise<Execution> {
  await target.load(image);
  await setTensors(target, image, settings.set ?? []);
  const observed = target instanceof Emulator ? await observe(target, image, settings) : undefined;

  const { "max-steps": maxSteps } = settings;
  const output: bigint[] = [];
  const started = performance.now();
  const stop = await runProgram(target, {
    input: settings.input,
    closeInput: settings["close-input"],
    ...(maxSteps !== undefined && { maxSteps }),
    onOutput: async (entries) => {
      output.push(...entries);
      await onOutput(entries);
    },
  }).finally(observed?.end);
  const seconds = (performance.now() - started) / 1000;

  const tensors = await getTensors(target, requests);
  await writeTensorFiles(tensors);
  const instructions = await target.instructionsRetired();
  const statistics = observed?.statistics?.report();
  const simulation = settings.stats ? await report() : undefined;
  const predicted = timing();
  return {
    stop,
    ...(stop.reason !== "halted" && {
      source: (target as Emulator | RtlTarget | BoardTarget).source,
    }),
    output,
    tensors,
    instructions,
    seconds,
    ...(statistics && { statistics }),
    ...(simulation && { simulation }),
    ...(predicted && { timing: predicted }),
  };
}

/** Count and trace what the emulator runs, as asked for. */
async function observe(emulator: Emulator, image: Image, settings: ExecutionSettings) {
  const statistics = settings.stats ? new Statistics() : undefined;
  if (statistics) emulator.attach(statistics);
  const { trace, "trace-file": traceFile } = settings;
  const traced = trace || traceFile !== undefined;
  const end = traced ? await traceTo(emulator, image, traceFile) : undefined;
  return { statistics, end };
}
