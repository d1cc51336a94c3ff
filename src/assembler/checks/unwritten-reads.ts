import type { Reporter } from "../source/reporter.js";
import { ALL_BITS, operandPlace, type Program, registerBit } from "./program.js";

/** Warns of vector and activation registers that are read although nothing writes them. */
export function warnUnwrittenReads(program: Program, reporter: Reporter): void {
  const { instructions, read, written } = program;
  let unwritten = ALL_BITS;
  for (const bits of written) unwritten &= ~bits;
  for (const [index, instruction] of instructions.entries()) {
    if (!instruction || !(read[index]! & unwritten)) continue;
    for (const operand of instruction.spec.operands) {
      if (operand.access === "w") continue;
      const number = instruction.fields[operand.field as "rs1"] ?? 0;
      const bit = registerBit(operand.kind, number);
      if (!(bit & unwritten)) continue;
      unwritten &= ~bit; // once for each register
      const place = operandPlace(program, index, (o) => o === operand);
      reporter.warning(place, `${operand.kind}${number} is read, but no instruction writes it`);
    }
  }
}
