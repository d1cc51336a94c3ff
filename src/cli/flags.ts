import * as Flags from "@oclif/core/flags";
import { KERNEL_NAMES, type KernelName } from "../emulator/kernels/kernel-names.js";
import { DEFAULT_CONFIGURATION, findConfiguration } from "../isa/configurations.js";
import { CONFIGURATIONS, PACKINGS } from "../isa/generated.js";
import type { Configuration } from "../isa/spec.js";
import { DRAM_MODES, type DramMode } from "../rtl/dram-modes.js";
import type { Packing } from "../ternary/packing.js";
import { UsageError } from "./usage-error.js";

/** 1.6 bits a weight: what the memory-bound machine wants. */
export const DEFAULT_PACKING: Packing = "t5";

/** What can run a program. */
export const TARGET_NAMES = ["emulator", "rtl", "board"] as const;

export type TargetName = (typeof TARGET_NAMES)[number];

/** `--config`: the hardware configuration, by name. */
export const configuration = Flags.custom<Configuration>({
  description: "hardware configuration",
  options: CONFIGURATIONS.map(({ name }) => name),
  // oclif has checked the name against the options.
  parse: async (text) => findConfiguration(text)!,
});

/** `--output`, `-o`. */
export const output = Flags.custom<string>({
  char: "o",
  helpValue: "<file>",
  description: "file to write; - is standard output",
});

/** The flags of every command that takes a model. */
export const modelFlags = {
  config: configuration({
    description: `hardware configuration; default: that of the image, or ${DEFAULT_CONFIGURATION.name}`,
  }),
  packing: Flags.custom<Packing>({
    description: `how to pack the ternary matrices of a checkpoint; default: ${DEFAULT_PACKING}`,
    options: Object.keys(PACKINGS),
  })(),
  synthetic: Flags.boolean({
    description: "use made-up weights: the folder needs only a config.json (docs/checkpoints.md)",
  }),
};

/** A flag that takes an integer from `min` on. */
export const integer = Flags.custom<number, { min: number }>({
  helpValue: "<n>",
  parse: async (text, _context, { min }) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || !Number.isSafeInteger(value))
      throw new UsageError(`"${text}" is no integer from ${min} on`);
    return value;
  },
});

/** The flags of every command that runs the emulator. */
export const emulatorFlags = {
  kernel: Flags.custom<KernelName>({
    description: "what computes vectors and products; default: the fastest that this Node can run",
    options: [...KERNEL_NAMES],
  })(),
  threads: integer({
    min: 1,
    description: "threads for large products; default: all that the machine has",
  }),
};

const BOARD_DESCRIPTION =
  "card: its PCI address such as 3b:00.0, auto for the only one, or sim for a simulated one; default: auto";

/** `--board`: which card. */
export const board = Flags.custom<string>({
  helpValue: "<card>",
  description: BOARD_DESCRIPTION,
  parse: async (text) => {
    const { parsePciAddress } = await import("../board/library.js");
    if (text === "sim" || text === "auto" || parsePciAddress(text)) return text;
    throw new UsageError(
      `"${text}" is no card`,
      "give sim, auto, or a PCI address such as 3b:00.0; `ternac board list` shows them",
    );
  },
});

/** `--timeout`: when a card counts as hanging. */
export const timeout = () =>
  integer({
    min: 1,
    description:
      "seconds without progress after which a card counts as hanging; default: 10, with sim 120",
  });

/** `--root`: a machine whose files are looked at. */
export const rootFlag = Flags.string({
  helpValue: "<folder>",
  description: "look at sys, proc and dev in this folder instead of the machine's own",
});

/** The flags of every command about cards. */
export const boardFlags = {
  board: board(),
  config: configuration({
    description: `hardware configuration of --board sim; default: ${DEFAULT_CONFIGURATION.name}`,
  }),
  root: rootFlag,
};

/** What `boardFlags` were set to, and what else commands about cards take. */
export interface BoardFlags {
  readonly board?: string | undefined;
  readonly config?: Configuration | undefined;
  readonly root?: string | undefined;
  readonly timeout?: number | undefined;
}

/** The flags of every command that runs programs, on whichever machine. */
export const targetFlags = {
  target: Flags.custom<TargetName>({
    description:
      "what runs the program: the emulator, the hardware core, simulated clock by clock, or a card",
    options: [...TARGET_NAMES],
    default: "emulator",
  })(),
  ...emulatorFlags,
  timing: Flags.boolean({
    description:
      "predict the clocks of the configuration's core and where they go, with --target emulator",
  }),
  dram: Flags.custom<DramMode>({
    description:
      "DRAM of --target rtl and of --board sim: DDR4-2400, one without latency, or one that takes random times; default: ddr4",
    options: [...DRAM_MODES],
  })(),
  "dram-seed": Flags.custom<bigint>({
    helpValue: "<n>",
    description: "seed of --dram random; default: 0",
    parse: async (text) => {
      const value = parseInteger(text);
      if (value === undefined || value >= 2n ** 64n)
        throw new UsageError(`"${text}" is no integer from 0 to 2^64 - 1`);
      return value;
    },
  })(),
  wave: Flags.string({
    helpValue: "<file>",
    description: "write the waves of --target rtl to an FST file, for GTKWave or Surfer",
  }),
  "wave-window": Flags.string({
    helpValue: "<from:to>",
    description: "clocks whose waves to write, such as 1000:2000; default: all",
  }),
  board: board({ description: `${BOARD_DESCRIPTION}, with --target board` }),
  timeout: timeout(),
};

/** What `targetFlags` were set to. */
export interface TargetSettings extends EmulatorSettings {
  readonly target: TargetName;
  readonly timing?: boolean | undefined;
  readonly dram?: DramMode | undefined;
  readonly "dram-seed"?: bigint | undefined;
  readonly wave?: string | undefined;
  readonly "wave-window"?: string | undefined;
  readonly board?: string | undefined;
  readonly timeout?: number | undefined;
}

/** What `emulatorFlags` were set to. */
export interface EmulatorSettings {
  readonly kernel?: KernelName | undefined;
  readonly threads?: number | undefined;
}

/** The flags of every command that runs a model. */
export const runFlags = {
  ...modelFlags,
  ...targetFlags,
  cache: Flags.boolean({
    description: "keep the compiled image of a folder for the next time; see: ternac cache",
    allowNo: true,
    default: true,
  }),
};

/** What `modelFlags` were set to. */
export interface ModelSettings {
  readonly config?: Configuration | undefined;
  readonly packing?: Packing | undefined;
  readonly synthetic: boolean;
}

/** The flags of every command that reads assembly. */
export const assemblyFlags = {
  config: configuration({
    description: `hardware configuration that the program is for; default: ${DEFAULT_CONFIGURATION.name}`,
  }),
  "include-path": Flags.string({
    char: "I",
    helpValue: "<folder>",
    description: "folder to search for included files; may be repeated",
    multiple: true,
    multipleNonGreedy: true,
  }),
  define: Flags.string({
    char: "D",
    helpValue: "<name=value>",
    description: "define a constant (1 without a value); may be repeated",
    multiple: true,
    multipleNonGreedy: true,
  }),
};

/** What `assemblyFlags` were set to. */
export interface AssemblySettings {
  readonly config?: Configuration | undefined;
  readonly "include-path"?: readonly string[] | undefined;
  readonly define?: readonly string[] | undefined;
}

/** A flag that takes a real number in a range, which `expected` describes. */
export const real = Flags.custom<number, { accepts(value: number): boolean; expected: string }>({
  parse: async (text, _context, { accepts, expected }) => {
    const value = Number(text);
    if (text.trim() === "" || !accepts(value)) throw new UsageError(`"${text}" is no ${expected}`);
    return value;
  },
});

/**
 * `NAME=VALUE` pairs of --define.
 * @throws UsageError when one is malformed
 */
export function parseDefines(pairs: readonly string[] = []): Record<string, bigint> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const match = /^([A-Za-z_.$][\w.$]*)(?:=(-?)(.+))?$/.exec(pair);
      if (!match) throw new UsageError(`--define ${pair}: expected NAME or NAME=INTEGER`);
      const [, name, sign, digits] = match;
      const value = digits === undefined ? 1n : parseInteger(digits);
      if (value === undefined)
        throw new UsageError(`--define ${pair}: "${sign}${digits}" is no integer`);
      return [name, sign ? -value : value];
    }),
  );
}

/** An integer without sign: decimal, 0x, 0o or 0b; undefined when it is none. */
export function parseInteger(text: string): bigint | undefined {
  return /^(\d+|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(text) ? BigInt(text) : undefined;
}
