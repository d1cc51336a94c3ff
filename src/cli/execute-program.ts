import { Emulator, Statistics, type StatisticsReport } from "../emulator/index.js";
import type { SourceLocation } from "../image/image.js";
import type { Configuration } from "../isa/spec.js";
import { runProgram } from "../session/run-program.js";
import type { Stop } from "../target/target.js";
import type { Tensor } from "../tensors/index.js";
import { configurationFor } from "./configuration-for.js";
import type { AssemblySettings, EmulatorSettings } from "./flags.js";
import { loadProgram } from "./load-program.js";
import {
  getTensors,
  setTensors,
  type TensorRequest,
  tensorRequests,
  writeTensorFiles,
} from "./run-tensors.js";
import { traceTo } from "./trace-output.js";

/** What the flags of `run` say. */
export interface ExecutionSettings extends AssemblySettings, EmulatorSettings {
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
  const image = await loadProgram(path, settings);
  const requests = tensorRequests(image, settings.get ?? []);
  const configuration = configurationFor(image, settings.config);
  const { kernel, threads } = settings;
  const emulator = new Emulator({ configuration, kernel, threads });
  await emulator.load(image);
  await setTensors(emulator, image, settings.set ?? []);
  const statistics = settings.stats ? new Statistics() : undefined;
  if (statistics) emulator.attach(statistics);
  const { "max-steps": maxSteps, "trace-file": traceFile } = settings;
  const traced = settings.trace || traceFile !== undefined;
  const endTrace = traced ? await traceTo(emulator, image, traceFile) : undefined;

  const output: bigint[] = [];
  const started = performance.now();
  const stop = await runProgram(emulator, {
    input: settings.input,
    closeInput: settings["close-input"],
    ...(maxSteps !== undefined && { maxSteps }),
    onOutput: async (entries) => {
      output.push(...entries);
      await onOutput(entries);
    },
  }).finally(endTrace);
  const seconds = (performance.now() - started) / 1000;

  const tensors = await getTensors(emulator, requests);
  await writeTensorFiles(tensors);
  const instructions = await emulator.instructionsRetired();
  const report = statistics?.report();
  return {
    stop,
    ...(stop.reason !== "halted" && { source: emulator.source }),
    output,
    tensors,
    instructions,
    seconds,
    ...(report && { statistics: report }),
  };
}
