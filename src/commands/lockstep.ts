import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../cli/base-command.js";
import { ExitCode } from "../cli/exit-codes.js";
import {
  assemblyFlags,
  configuration,
  emulatorFlags,
  integer,
  modelFlags,
  targetFlags,
} from "../cli/flags.js";
import { writeStandardOutput } from "../cli/output.js";
import { prose } from "../cli/prose.js";

export default class Lockstep extends BaseCommand {
  static override summary =
    "Compare the hardware core with the emulator, instruction by instruction.";
  static override description = prose(`
    Runs a program, or a model, on the emulator and on the simulated core, and compares every instruction
    that retires: its place in the program, scalar registers, the contents of the vector or activation
    register or of the memory that it wrote; and how the program stops, the queues, and DRAM at the end.

    At the first difference both stop. The instruction is printed with its source line, its operands and the
    first element that differs. The exit status is 0 when there is none, and 5 when there is one.
  `);
  static override examples = [
    "<%= config.bin %> <%= command.id %> programs/vector-add.tasm --config tiny",
    "<%= config.bin %> <%= command.id %> models/shakespeare --tokens 16 --config d5005",
    "<%= config.bin %> <%= command.id %> kernel.tasm --dram random --dram-seed 7 --wave around.fst",
  ];
  static override enableJsonFlag = true;
  static override args = {
    program: Args.string({
      description: "image, assembly source, or folder of a checkpoint",
      required: true,
    }),
  };
  static override flags = {
    ...modelFlags,
    ...assemblyFlags,
    ...emulatorFlags,
    config: configuration({
      description: "hardware configuration to simulate; default: that of the image",
    }),
    dram: targetFlags.dram,
    "dram-seed": targetFlags["dram-seed"],
    tokens: integer({ min: 1, description: "tokens that a model generates; default: 1" }),
    input: Flags.string({
      char: "i",
      helpValue: "<n,n,...>",
      description: "entries for a program's input queue",
    }),
    "close-input": Flags.boolean({ description: "close the input queue after them" }),
    set: Flags.string({
      helpValue: "<name=value>",
      description: "fill a symbol of both, as `run` does; may be repeated",
      multiple: true,
      multipleNonGreedy: true,
    }),
    wave: Flags.string({
      helpValue: "<file>",
      description: "at a difference, write the waves around it to an FST file",
    }),
    cache: Flags.boolean({
      description: "keep the compiled image of a folder for the next time; see: ternac cache",
      allowNo: true,
      default: true,
    }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Lockstep);
    const { parseEntries } = await import("../cli/queue-entries.js");
    const { runInLockstep } = await import("../cli/lockstep-run.js");
    const input = parseEntries(flags.input ?? "", "--input");
    const run = await runInLockstep(
      args.program,
      { ...flags, input },
      this.targetPlaces,
      await this.caching(flags.cache),
    );
    const { difference, instructions, clocks, stop } = run;
    if (difference) process.exitCode = ExitCode.different;
    if (!this.jsonEnabled()) {
      const { formatDifference } = await import("../lockstep/index.js");
      const { describeStop } = await import("../target/stop.js");
      const text = difference
        ? `${formatDifference(difference)}${run.wave ? `\n  waves      ${run.wave}` : ""}`
        : `${instructions} instructions, ${clocks} clocks of ${run.configuration}: no difference; ${describeStop(stop)}`;
      await writeStandardOutput(`${text}\n`);
    }
    return {
      configuration: run.configuration,
      instructions,
      clocks,
      ...(difference && {
        difference: {
          what: difference.what,
          emulator: difference.expected,
          core: difference.actual,
          ...(difference.clock !== undefined && { clock: difference.clock }),
          ...(difference.effect && {
            instruction: difference.effect.sequence,
            index: difference.effect.index,
          }),
          ...(difference.text && { text: difference.text }),
          ...(difference.source && { source: difference.source }),
          ...(difference.element && { element: difference.element }),
        },
      }),
    };
  }
}
