import type { Instruction, InstructionId } from "../isa/index.js";
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

/**
 * The call of a kernel that an instruction is, where all arguments but the vector length are known before the
 * program runs: `kernel(...before, vl, ...after)`. It cannot trap.
 */
export interface KernelCall {
  readonly kernel: (...args: number[]) => undefined;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** What instructions do. */
export interface InstructionSet {
  readonly semantics: Readonly<Record<InstructionId, Semantics>>;
  /** Of the instructions that are one call of a kernel; the others have their semantics only. */
  readonly calls?: Readonly<Partial<Record<InstructionId, (operands: Operands) => KernelCall>>>;
}

/** A decoded word, ready to execute. */
export interface Operation {
  readonly execute: Semantics;
  readonly operands: Operands;
  /** The call that `execute` makes, if that is all it does. */
  readonly call?: KernelCall;
  /** Absent when the word is no instruction. */
  readonly instruction?: Instruction;
}
