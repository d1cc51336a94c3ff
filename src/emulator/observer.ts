import type { Instruction } from "../isa/index.js";
import type { Machine } from "./machine.js";

/** Something that watches a run from outside. The machine is to be read, never changed. */
export interface Observer {
  /** Before an instruction; `true` stops the machine in front of it. */
  before?(machine: Machine, instruction: Instruction): boolean;
  /** After an instruction has retired; `machine.pc` is still its address. */
  after?(machine: Machine, instruction: Instruction): void;
}
