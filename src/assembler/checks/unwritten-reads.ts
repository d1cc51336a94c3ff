import type { Reporter } from "../source/reporter.js";
import { accessedRegisters, registerBit } from "./control-flow.js";
import { operandPlace, type Program } from "./program.js";

/** Warns of vector and activation registers that are read although nothing writes them. */
export function warnUnwrittenReads(program: Program, reporter: Reporter): void {
  const { instructions } = program;
  let everWritten = 0;
  for (const instruction of instructions)
    if (instruction) everWritten |= accessedRegisters(instruction).written;
  let reported = 0;
  for (const [index, instruction] of instructions.entries()) {
    if (!instruction) continue;
    for (const operand of instruction.spec.operands) {
      if (operand.access === "w") continue;
      const number = instruction.fields[operand.field as "rs1"] ?? 0;
      const bit = registerBit(operand.kind, number);
      if (bit === 0 || (everWritten | reported) & bit) continue;
      reported |= bit;
      const place = operandPlace(program, index, (o) => o === operand);
      const message = `${operand.kind}${number} is read, but no instruction writes it`;
      reporter.warning(place, message);
    }
  }
}
