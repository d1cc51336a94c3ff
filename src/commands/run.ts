import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../cli/base-command.js";
import { assemblyFlags, configuration, integer, targetFlags } from "../cli/flags.js";
import { writeStandardOutput } from "../cli/output.js";
import { prose } from "../cli/prose.js";
import { UsageError } from "../cli/usage-error.js";

export default class Run extends BaseCommand {
  static override summary = "Run a program on the emulator, or on the simulated core.";
  static override description = prose(`
    Takes an image, or assembly source, which is assembled first. Entries of the output queue are printed
    one a line as they come.

    Memory is reached by symbol name: --set fills a symbol before the program starts, --get reads one after
    it stopped. Vector elements are real numbers outside of the machine; ternary matrices are -1, 0 and 1.

    The exit status is 0 when the program halted, 3 when it trapped, and 4 when it stopped before it
    halted: out of steps, or waiting for input.
  `);
  static override examples = [
    "<%= config.bin %> <%= command.id %> programs/vector-add.tasm --get sum",
    "<%= config.bin %> <%= command.id %> kernel.elf --set x=x.npy --get y=y.npy --stats",
    "<%= config.bin %> <%= command.id %> kernel.elf --set w=weights.safetensors:layer.0 --set n=1,2,3 --get y",
    "<%= config.bin %> <%= command.id %> program.tasm --input 1,2,0x10 --trace --max-steps 1000",
    "<%= config.bin %> <%= command.id %> programs/softmax.tasm --target rtl --config tiny --stats",
    "<%= config.bin %> <%= command.id %> kernel.elf --target rtl --dram random --dram-seed 7 --wave kernel.fst",
    "seq 10 | <%= config.bin %> <%= command.id %> program.elf --input-file - --json",
  ];
  static override enableJsonFlag = true;
  static override args = {
    program: Args.string({
      description: "image or assembly source; - is standard input",
      required: true,
    }),
  };
  static override flags = {
    ...assemblyFlags,
    config: configuration({
      description: "hardware configuration to run on; default: that of the image",
    }),
    ...targetFlags,
    input: Flags.string({
      char: "i",
      helpValue: "<n,n,...>",
      description: "entries for the input queue: tokens, or any 64-bit integers",
      exclusive: ["input-file"],
    }),
    "input-file": Flags.string({
      helpValue: "<file>",
      description:
        "file with such entries, separated by white space or commas; - is standard input",
    }),
    "close-input": Flags.boolean({
      description: "close the input queue after the entries, so that deq traps instead of waiting",
    }),
    set: Flags.string({
      helpValue: "<name=value>",
      description:
        "fill a symbol from a .npy or .safetensors file, or with numbers; may be repeated",
      multiple: true,
      multipleNonGreedy: true,
    }),
    get: Flags.string({
      helpValue: "<name[=file]>",
      description:
        "print a symbol at the end, or write it to a .npy or .safetensors file; may be repeated",
      multiple: true,
      multipleNonGreedy: true,
    }),
    "max-steps": integer({ min: 0, description: "most instructions to run" }),
    trace: Flags.boolean({ description: "print every instruction and what it changed" }),
    "trace-file": Flags.string({
      helpValue: "<file>",
      description: "write the trace to a file instead of standard error",
    }),
    stats: Flags.boolean({ description: "print what ran: instruction mix, DRAM traffic, speed" }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Run);
    if (args.program === "-" && flags["input-file"] === "-")
      throw new UsageError("the program and its input cannot both be standard input");
    const { parseEntries, readEntries } = await import("../cli/queue-entries.js");
    const input =
      flags["input-file"] === undefined
        ? parseEntries(flags.input ?? "", "--input")
        : await readEntries(flags["input-file"]);
    const { executeProgram } = await import("../cli/execute-program.js");
    const execution = await executeProgram(
      args.program,
      { ...flags, input, places: this.targetPlaces },
      async (entries) => {
        if (!this.jsonEnabled()) await writeStandardOutput(`${entries.join("\n")}\n`);
      },
    );
    const report = await import("../cli/execution-report.js");
    if (!this.jsonEnabled()) await report.printExecution(execution);
    process.exitCode = report.stopExitCode(execution.stop);
    return report.jsonExecution(execution);
  }
}
