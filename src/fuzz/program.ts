import type { Configuration, Instruction } from "../isa/index.js";

/** One word of code: an instruction, or a word that is none. */
export type Line =
  | { readonly kind: "instruction"; readonly instruction: Instruction }
  | { readonly kind: "word"; readonly word: bigint };

/** Lines that belong together, such as an address and the access that uses it. */
export interface Step {
  readonly kind: "step";
  readonly lines: readonly Line[];
  /** What it is there for; a comment of the assembly text. */
  readonly aim?: string;
}

/** A body that runs `count` times; nothing in it writes `counter`. */
export interface Loop {
  readonly kind: "loop";
  readonly counter: number;
  readonly count: number;
  readonly body: readonly Statement[];
}

/** A branch or jump over a body, taken or not. */
export interface Skip {
  readonly kind: "skip";
  /** Its target operand is the end of the body. */
  readonly branch: Instruction;
  /** For a branch through a register (`jalr`): the register that receives the target before. */
  readonly through?: number;
  readonly body: readonly Statement[];
}

/** A call of a body that stands behind the program; nothing in it writes `link`. */
export interface Call {
  readonly kind: "call";
  readonly link: number;
  readonly body: readonly Statement[];
}

export type Statement = Step | Loop | Skip | Call;

/** Contents of DRAM at the start: 32-bit words from an address that is a multiple of a line. */
export interface DataBlock {
  readonly address: number;
  readonly words: Int32Array;
}

/** What the host does while the program runs. It is counted in instructions, so every target sees the same. */
export interface HostPlan {
  /** Entries for the input queue, in order. */
  readonly input: readonly bigint[];
  /** Whether the queue is closed behind the last one. */
  readonly close: boolean;
  /** Entries pushed at most each time that the program has stopped. */
  readonly burst: number;
  /** Instructions between two stops, used in turn. */
  readonly slices: readonly number[];
  /** The output queue is emptied at each n-th stop, and when the program waits for room. */
  readonly takeEvery: number;
}

/**
 * A random program. It ends whatever statements and data are left out of it: loops have counters of
 * their own, branches go forward, and what would be illegal without a dropped statement is a trap.
 */
export interface FuzzProgram {
  readonly seed: bigint;
  readonly configuration: Configuration;
  readonly data: readonly DataBlock[];
  readonly statements: readonly Statement[];
  readonly host: HostPlan;
}

/** Statements, those inside of others included. */
export function countStatements(statements: readonly Statement[]): number {
  return statements.reduce(
    (sum, statement) => sum + 1 + (statement.kind === "step" ? 0 : countStatements(statement.body)),
    0,
  );
}
