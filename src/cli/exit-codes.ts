/** Exit statuses of `ternac`; docs/command-line.md tells users what they mean. */
export const ExitCode = {
  success: 0,
  /** The input is wrong: a file, a program, a model. */
  badInput: 1,
  /** The command line is wrong: a flag, an argument. */
  badUsage: 2,
  /** The program that was run trapped. */
  trap: 3,
  /** The program was stopped before it halted: out of steps, or waiting for input or for room. */
  notHalted: 4,
  /** Core and emulator differ. */
  different: 5,
  /** Something that should not be possible: a bug in ternac (sysexits.h, EX_SOFTWARE). */
  internal: 70,
  /** Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
} as const;
