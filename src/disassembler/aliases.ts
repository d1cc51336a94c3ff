import { ALIASES, type Instruction, type OperandSpec } from "../isa/index.js";

/** An alias that says the same as one instruction with fewer operands. */
interface Abbreviation {
  readonly mnemonic: string;
  readonly operands: readonly OperandSpec[];
  /** By operand of the instruction: the alias's operand, or the text that must be there. */
  readonly pattern: readonly (OperandSpec | string)[];
}

/**
 * By mnemonic of the instruction, shortest first. Aliases with as many operands as the instruction
 * are left out: `bgt` would replace every `blt`, and `la` every `li`.
 */
const ABBREVIATIONS = new Map<string, Abbreviation[]>();
for (const { mnemonic, operands, expands } of ALIASES) {
  const [line, ...more] = expands;
  const [, target, rest] = /^(\S+)\s*(.*)$/.exec(line ?? "") ?? [];
  if (!target || rest === undefined || more.length > 0) continue;
  const pattern = rest.split(",").map((part) => {
    const text = part.trim();
    return operands.find(({ name }) => text === `{${name}}`) ?? text;
  });
  if (operands.length >= pattern.length) continue;
  const list = ABBREVIATIONS.get(target) ?? [];
  list.push({ mnemonic, operands, pattern });
  ABBREVIATIONS.set(
    target,
    list.sort((a, b) => a.operands.length - b.operands.length),
  );
}

/**
 * The shortest form that the assembler expands to this instruction.
 * @param operands of the instruction, as text
 */
export function abbreviate(
  spec: Instruction["spec"],
  operands: readonly string[],
): { mnemonic: string; operands: readonly string[] } {
  for (const abbreviation of ABBREVIATIONS.get(spec.mnemonic) ?? []) {
    const values = match(abbreviation, spec, operands);
    if (values)
      return {
        mnemonic: abbreviation.mnemonic,
        operands: abbreviation.operands.map((operand) => values.get(operand)!),
      };
  }
  return { mnemonic: spec.mnemonic, operands };
}

function match(
  { pattern }: Abbreviation,
  spec: Instruction["spec"],
  operands: readonly string[],
): Map<OperandSpec, string> | undefined {
  if (pattern.length !== operands.length) return undefined;
  const values = new Map<OperandSpec, string>();
  for (const [i, part] of pattern.entries()) {
    const text = operands[i]!;
    if (typeof part === "string") {
      if (part !== text) return undefined;
    } else {
      // Instructions on different register files share mnemonics: `add` is `mv` in two ways.
      if (part.kind !== spec.operands[i]!.kind) return undefined;
      if ((values.get(part) ?? text) !== text) return undefined;
      values.set(part, text);
    }
  }
  return values;
}
