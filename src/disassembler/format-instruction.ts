import { decode, type Instruction } from "../isa/index.js";
import { abbreviate } from "./aliases.js";
import { type FormatContext, formatOperand } from "./format-operand.js";

export interface FormatOptions extends FormatContext {
  /** Write `ret` for `jalr x0, 0(x1)`, and so on; true unless said otherwise. */
  readonly aliases?: boolean;
}

/**
 * An instruction as the assembler reads it, such as `beqz x5, done`. Traces, listings and messages
 * write instructions with it, too.
 */
export function formatInstruction(instruction: Instruction, options: FormatOptions = {}): string {
  const { spec, fields } = instruction;
  const texts = spec.operands.map((operand) => formatOperand(operand, fields, options));
  const { mnemonic, operands } =
    options.aliases === false
      ? { mnemonic: spec.mnemonic, operands: texts }
      : abbreviate(spec, texts);
  return operands.length > 0 ? `${mnemonic} ${operands.join(", ")}` : mnemonic;
}

/** A word of code: the instruction, or for an illegal word `.dword` and why it is illegal. */
export function formatWord(
  word: bigint,
  options: FormatOptions = {},
): { text: string; illegal?: string } {
  const decoded = decode(word);
  if ("illegal" in decoded)
    return { text: `.dword 0x${word.toString(16).padStart(16, "0")}`, illegal: decoded.illegal };
  return { text: formatInstruction(decoded, options) };
}
