import { type Diagnostic, DiagnosticsError, UserError } from "../diagnostics/diagnostic.js";
import { nearest } from "../diagnostics/suggest.js";
import { ExitCode } from "./exit-codes.js";
import { UsageError } from "./usage-error.js";

/** What a command tells about why it failed. */
export interface Failure {
  readonly exitCode: number;
  /** One sentence, or several lines. */
  readonly message: string;
  /** What to do about it. */
  readonly help?: string;
  /** What is wrong in a source text, when that is the reason. */
  readonly diagnostics?: readonly Diagnostic[];
}

/**
 * What a thrown value means to the user.
 * @param flags names of the command's flags, for suggestions
 */
export function describeFailure(error: unknown, flags: readonly string[] = []): Failure {
  if (error instanceof UserError)
    return { exitCode: ExitCode.badInput, message: error.message, help: error.help };
  if (error instanceof UsageError)
    return {
      exitCode: ExitCode.badUsage,
      message: withoutOclifFraming(error.message),
      help: error.help ?? "see --help",
    };
  if (error instanceof DiagnosticsError)
    return {
      exitCode: ExitCode.badInput,
      message: error.message,
      diagnostics: error.diagnostics,
    };
  return describeUsageError(error, flags) ?? describeBug(error);
}

/** Oclif's errors about flags and arguments; they carry an exit status. */
function describeUsageError(error: unknown, flags: readonly string[]): Failure | undefined {
  if (!(error instanceof Error && "oclif" in error)) return undefined;
  const [unknown] = "flags" in error && Array.isArray(error.flags) ? error.flags : [];
  const suggestion = unknown && nearest(String(unknown).replace(/^-+/, ""), flags);
  return {
    exitCode: ExitCode.badUsage,
    message: withoutOclifFraming(error.message),
    help: suggestion ? `did you mean --${suggestion}?` : "see --help",
  };
}

/** The message of an error that passed through oclif's parser, without what that put around it. */
function withoutOclifFraming(message: string): string {
  return message
    .replace(/^Parsing (--\S+) \n\t/, "$1: ")
    .replace(/^Nonexistent flag/, "unknown flag")
    .split("\n")
    .filter((line) => line.trim() !== "" && line !== "See more help with --help")
    .join("\n");
}

function describeBug(error: unknown): Failure {
  const debug = process.env.DEBUG !== undefined && process.env.DEBUG !== "";
  const text = error instanceof Error ? error.message : String(error);
  return {
    exitCode: ExitCode.internal,
    message: `internal error: ${debug && error instanceof Error ? error.stack : text}`,
    help: debug
      ? "this is a bug in ternac: please report it with the lines above"
      : "this is a bug in ternac: please report it, with what DEBUG=1 in the environment prints",
  };
}
