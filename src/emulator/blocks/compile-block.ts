import { INSTRUCTION_BYTES } from "../../isa/codec.js";
import type { InstructionId } from "../../isa/index.js";
import type { Machine } from "../machine.js";
import type { Operation } from "../operation.js";
import { BRANCHES } from "../semantics/control.js";
import { IMMEDIATE_ARITHMETIC, REGISTER_ARITHMETIC } from "../semantics/scalar.js";

/** A longer piece of straight-line code is several blocks. */
const LONGEST = 512;

/** Straight-line code as one function. */
export interface Block {
  /** Instructions, all of which retire. */
  readonly length: number;
  /**
   * Execute them; `pc` is the next instruction's address afterwards. `retired` is the caller's.
   * @throws Trap with `pc` at the instruction that trapped
   */
  run(machine: Machine): void;
}

/** The code section that a block is a part of. */
export interface Code {
  readonly operations: readonly Operation[];
  /** The address of the first one. */
  readonly start: number;
  readonly vlmax: number;
}

/** They may pause, or depend on what has retired: never part of a block. */
const ALONE: ReadonlySet<InstructionId> = new Set(["deq", "enq", "halt", "trap", "csrr"]);
const JUMPS: ReadonlySet<InstructionId> = new Set([
  "jal",
  "jalr",
  ...(Object.keys(BRANCHES) as InstructionId[]),
]);

/** Whether the instruction that follows begins a block. */
export function endsBlock({ instruction }: Operation): boolean {
  return !instruction || ALONE.has(instruction.spec.id) || JUMPS.has(instruction.spec.id);
}

/** The operations from `first` to the first that ends the block: with it if it jumps. */
function blockOf(operations: readonly Operation[], first: number): readonly Operation[] {
  const most = operations.slice(first, first + LONGEST);
  const end = most.findIndex(endsBlock);
  if (end < 0) return most;
  const { instruction } = most[end]!;
  return most.slice(0, instruction && JUMPS.has(instruction.spec.id) ? end + 1 : end);
}

const has = <Table extends object>(table: Table, id: string): id is keyof Table & string =>
  Object.hasOwn(table, id);

/** JavaScript of one block, and the values that its names stand for. */
class Writer {
  readonly #code: Code;
  readonly #names = new Map<unknown, string>();

  constructor(code: Code) {
    this.#code = code;
  }

  /** A name for a value that the block refers to. */
  #name(value: unknown): string {
    const name = this.#names.get(value) ?? `c${this.#names.size}`;
    this.#names.set(value, name);
    return name;
  }

  #isInCode(address: number): boolean {
    const { start, operations } = this.#code;
    const index = (address - start) / INSTRUCTION_BYTES;
    return Number.isInteger(index) && index >= 0 && index < operations.length;
  }

  /** Its semantics, whatever they are, with what they read of the machine. */
  #defined({ execute, operands }: Operation, pc: number): string {
    return `m.pc=${pc};${this.#name(execute)}(m,${this.#name(operands)});`;
  }

  /** An operation that execution goes on behind. */
  #straight(operation: Operation, pc: number): string {
    const { call, operands, instruction } = operation;
    const { rd, rs1, rs2, imm, wide } = operands;
    const id = instruction!.spec.id;
    if (call) {
      const args = [...call.before, "m.vl", ...call.after];
      return `${this.#name(call.kernel)}(${args.join(",")});`;
    }
    const set = (value: string) => (rd === 0 ? "" : `x[${rd}]=${value};`);
    if (has(REGISTER_ARITHMETIC, id))
      return set(`${this.#name(REGISTER_ARITHMETIC[id])}(x[${rs1}],x[${rs2}])`);
    if (has(IMMEDIATE_ARITHMETIC, id))
      return set(`${this.#name(IMMEDIATE_ARITHMETIC[id])}(x[${rs1}],${wide}n)`);
    if (id === "li") return set(`${wide}n`);
    if (id === "setvli" && imm >= 1 && imm <= this.#code.vlmax) return `m.vl=${imm};`;
    return this.#defined(operation, pc);
  }

  /** An operation that says where execution goes on. */
  #jump(operation: Operation, pc: number): string {
    const { rd, rs1, rs2, imm } = operation.operands;
    const id = operation.instruction!.spec.id;
    const next = pc + INSTRUCTION_BYTES;
    if (this.#isInCode(pc + imm)) {
      if (id === "jal") return `${rd === 0 ? "" : `x[${rd}]=${next}n;`}m.pc=${pc + imm};`;
      if (has(BRANCHES, id)) {
        const taken = `${this.#name(BRANCHES[id])}(x[${rs1}],x[${rs2}])`;
        return `m.pc=${taken}?${pc + imm}:${next};`;
      }
    }
    return `m.nextPc=${next};${this.#defined(operation, pc)}m.pc=m.nextPc;`;
  }

  /** @throws EvalError where the host forbids code from strings */
  block(first: number): Block | undefined {
    const { operations, start } = this.#code;
    const block = blockOf(operations, first);
    if (block.length < 2) return undefined;
    const pcOf = (i: number) => start + (first + i) * INSTRUCTION_BYTES;
    const jumps = endsBlock(block.at(-1)!);
    const lines = block.map((operation, i) =>
      jumps && i === block.length - 1
        ? this.#jump(operation, pcOf(i))
        : this.#straight(operation, pcOf(i)),
    );
    if (!jumps) lines.push(`m.pc=${pcOf(block.length)};`);
    const body = `const x=m.x;\n${lines.join("\n")}`;
    const source = `return function block_${pcOf(0).toString(16)}(m){${body}}`;
    const run = new Function(...this.#names.values(), source)(...this.#names.keys());
    return { length: block.length, run };
  }
}

/**
 * Straight-line code from the operation at index `first` on as one function: what is known before it runs, such
 * as the addresses of registers, is written into it, and between its instructions nothing is looked up.
 * @returns undefined where it would have less than two instructions
 * @throws EvalError where the host forbids code from strings
 */
export function compileBlock(code: Code, first: number): Block | undefined {
  return new Writer(code).block(first);
}
