import { Command } from "@oclif/core/command";
import { ExitCode } from "./exit-codes.js";
import { describeFailure, type Failure } from "./failure.js";
import type { Caching } from "./open-model.js";
import type { TargetPlaces } from "./open-target.js";
import { STANDARD_STREAM } from "./output.js";
import { styler } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** The reader of a pipe has gone (`ternac ... | head`): nobody is left to work for. */
function exitOnBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(ExitCode.success);
  throw error;
}

/**
 * What every command of ternac shares: how it fails. A command's `run` parses, calls the engine
 * (imported there, so that no command pays for another's), and formats.
 */
export abstract class BaseCommand extends Command {
  protected override async init(): Promise<void> {
    await super.init();
    for (const stream of [process.stdout, process.stderr])
      if (!stream.listeners("error").includes(exitOnBrokenPipe))
        stream.on("error", exitOnBrokenPipe);
  }

  /** @throws UsageError when both the JSON object and another output would go to standard output */
  protected checkStandardOutput(...paths: readonly (string | undefined)[]): void {
    if (this.jsonEnabled() && paths.includes(STANDARD_STREAM))
      throw new UsageError("--json prints to standard output, so no other output can go there");
  }

  /** Where the user's compiled images are kept, if they are to be. */
  protected async caching(wanted: boolean): Promise<Caching | undefined> {
    if (!wanted) return undefined;
    const { ImageCache, imageFolder } = await import("./image-cache.js");
    const { cacheDir, root } = this.config;
    return { cache: new ImageCache(imageFolder(cacheDir)), program: root };
  }

  /** Where a simulator is kept, and what else a target needs of the user's machine. */
  protected get targetPlaces(): TargetPlaces {
    return { cacheFolder: this.config.cacheDir };
  }

  /** Print why the command failed, once, and exit with the status that belongs to it. */
  protected override async catch(error: Error & { code?: string }): Promise<void> {
    if (error.code === "EEXIT") throw error;
    if (error.code === "EPIPE") this.exit(ExitCode.success);
    const failure = describeFailure(error, Object.keys(this.ctor.flags ?? {}));
    if (this.jsonEnabled()) this.logJson({ error: { ...failure, exitCode: undefined } });
    else await this.printFailure(failure);
    this.exit(failure.exitCode);
  }

  private async printFailure({ message, help, diagnostics }: Failure): Promise<void> {
    const style = styler(process.stderr);
    if (diagnostics) {
      const { printDiagnostics } = await import("./diagnostics.js");
      printDiagnostics(diagnostics);
      return;
    }
    console.error(`${style(["bold", "red"], "error:")} ${message}`);
    if (help) console.error(`${style(["bold", "cyan"], "help:")} ${help}`);
  }
}
