import { MEMORY, REGISTERS } from "../isa/index.js";
import type { Configuration } from "../isa/spec.js";
import type { TernaryKernel } from "./kernels/kernel.js";
import { Memory } from "./memory.js";
import { Queue } from "./queue.js";
import { type ActivationRegister, newRegisters, type Registers } from "./registers.js";

/** The architectural state: all that an instruction can read or change. */
export class Machine {
  /** VLMAX elements each, int32 fixed point. */
  readonly v: readonly Int32Array[];
  readonly q: readonly ActivationRegister[];
  /** Two's complement; x[0] stays zero. */
  readonly x = new BigInt64Array(REGISTERS.x.count);
  /** The same, as low and high words: reading an int64 makes a bigint, which takes longer. */
  readonly xWords = new Int32Array(this.x.buffer);
  /** 1 to VLMAX; 1 after reset. */
  vl = 1;
  /** Address of the instruction that executes, or of the next one between two. */
  pc: number = MEMORY.instruction_base;
  /** Where execution goes on; an instruction that jumps sets it. */
  nextPc: number = MEMORY.instruction_base;
  /** Instructions retired since reset. */
  retired = 0;
  /** The program's addresses: [codeStart, codeEnd). */
  codeStart: number = MEMORY.instruction_base;
  codeEnd: number = MEMORY.instruction_base;

  readonly memory: Memory;
  readonly input: Queue;
  readonly output: Queue;
  /** Sums of a product before they are scaled; not architectural. */
  readonly sums: Int32Array;

  constructor(
    readonly configuration: Configuration,
    readonly kernel: TernaryKernel,
    registers: Registers = newRegisters(configuration.vlmax),
  ) {
    const { vlmax } = configuration;
    this.v = registers.v;
    this.q = registers.q;
    this.memory = new Memory(configuration.dram);
    this.input = new Queue(configuration.queue);
    this.output = new Queue(configuration.queue);
    this.sums = new Int32Array(vlmax);
  }

  /** Write an int32 to a scalar register; x0 keeps its zero. */
  setWord(register: number, value: number): void {
    if (register === 0) return;
    this.xWords[2 * register] = value;
    this.xWords[2 * register + 1] = value >> 31;
  }

  /** Write a scalar register; x0 keeps its zero. The value wraps to 64 bits. */
  setX(register: number, value: bigint): void {
    if (register !== 0) this.x[register] = value;
  }
}
