import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceLocation } from "../image/image.js";
import { describeStop } from "../target/stop.js";
import type { Stop } from "../target/target.js";
import { printDiagnostics } from "./diagnostics.js";
import type { Execution } from "./execute-program.js";
import { ExitCode } from "./exit-codes.js";
import { jsonInteger, jsonTensor } from "./program-tensors.js";
import { printTensors } from "./run-tensors.js";
import { formatSimulation } from "./simulation.js";
import { formatStatistics } from "./statistics.js";
import { formatTiming } from "./timing.js";

/** The exit status that tells how a program ended. */
export function stopExitCode(stop: Stop): number {
  if (stop.reason === "halted") return ExitCode.success;
  return stop.reason === "trap" ? ExitCode.trap : ExitCode.notHalted;
}

const REMEDIES: Readonly<Partial<Record<Stop["reason"], string>>> = {
  input: "give entries for its input queue with --input or --input-file",
  steps: "allow more with --max-steps",
};

/**
 * Why a program did not halt, at the line where it stood if that is known; undefined if it did.
 * @param source of the instruction at the program counter
 */
export function stopDiagnostic(stop: Stop, source?: SourceLocation): Diagnostic | undefined {
  if (stop.reason === "halted") return undefined;
  const help = REMEDIES[stop.reason];
  return {
    severity: "error",
    message: describeStop(stop),
    ...(source && { span: spanOf(source), notes: expansionNotes(source) }),
    ...(help && { help }),
  };
}

function spanOf({ file, line, column }: Pick<SourceLocation, "file" | "line" | "column">) {
  return { file, line, column, length: 1 };
}

function expansionNotes({ expandedFrom = [] }: SourceLocation) {
  return expandedFrom.map((call) => ({
    message: `in the expansion of macro "${call.macro}"`,
    span: spanOf(call),
  }));
}

/** Print what is left to print after a run: tensors, statistics, why it did not halt. */
export async function printExecution(execution: Execution): Promise<void> {
  const { stop, source, tensors, statistics, simulation, timing, seconds } = execution;
  await printTensors(tensors);
  if (statistics) console.error(formatStatistics(statistics, seconds));
  if (timing) console.error(`\n${formatTiming(timing)}`);
  if (simulation) console.error(formatSimulation(simulation));
  const reason = stopDiagnostic(stop, source);
  if (reason) printDiagnostics([reason]);
}

/** What a run did, for --json. */
export function jsonExecution({ stop, source, output, tensors, ...rest }: Execution) {
  return {
    stopped: {
      ...stop,
      ...(stop.reason === "trap" && { value: jsonInteger(stop.value) }),
      ...(source && { source }),
    },
    output: output.map(jsonInteger),
    tensors: Object.fromEntries(
      [...tensors].map(([{ symbol }, tensor]) => [symbol.name, jsonTensor(tensor)]),
    ),
    ...rest,
  };
}
