import type { Instruction } from "../isa/index.js";
import type { Machine } from "./machine.js";

/** An instruction's fields, as the semantics name them; those that it does not use are 0. */
export interface Operands {
  readonly rd: number;
  readonly rs1: number;
  readonly rs2: number;
  readonly rs3: number;
  /** `imm` or `imm48`, signed where the operand is. */
  readonly imm: number;
  /** The same as a bigint, for scalar arithmetic. */
  readonly wide: bigint;
}

/** Why an instruction did not complete: it waits for the host, or it stops the machine. */
export type Pause = "input" | "output" | "halted";

/**
 * What an instruction does to a machine. It throws a `Trap` before it has any effect, or has its
 * effect and returns nothing, or returns why it did not complete, having had none.
 */
export type Semantics = (machine: Machine, operands: Operands) => Pause | undefined;

/** A decoded word, ready to execute. */
export interface Operation {
  readonly execute: Semantics;
  readonly operands: Operands;
  /** Absent when the word is no instruction. */
  readonly instruction?: Instruction;
}
