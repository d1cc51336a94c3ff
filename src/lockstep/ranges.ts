import type { Machine } from "../emulator/machine.js";
import { trafficOf } from "../emulator/observers/traffic.js";
import { memoryOperand } from "../fuzz/index.js";
import type { FieldName, Instruction } from "../isa/index.js";

/** Bytes of DRAM. */
export interface Range {
  readonly first: number;
  readonly bytes: number;
}

/**
 * What an instruction accesses, if it does.
 * @param machine before it runs
 */
export function rangeOfAccess(machine: Machine, instruction: Instruction): Range | undefined {
  const operand = memoryOperand(instruction.spec);
  const traffic = trafficOf(machine, instruction);
  if (!operand || !traffic) return undefined;
  const { fields } = instruction;
  const base = machine.x[fields[operand.base as FieldName] ?? 0]!;
  const first = Number(BigInt.asUintN(64, base + BigInt(fields[operand.field as FieldName] ?? 0)));
  return { first, bytes: traffic.bytes };
}
