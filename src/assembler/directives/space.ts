import { emitPadding } from "../instructions/emit.js";
import { fitsWidth } from "../layout/data-fixups.js";
import { MAX_ALIGNMENT } from "../limits.js";
import { asExpression, type Directive, dataSection, hasOperands, mayGrow } from "./directive.js";

/** Larger than any DRAM, so that the message is about the section and not about the number. */
const MAX_COUNT = Number.MAX_SAFE_INTEGER;

/** `.zero N`: N zero bytes; in .bss they take no room in the image. */
export const zero: Directive = (assembly, command, scope) => {
  if (!hasOperands(assembly, command, scope, [1, 1], ".zero bytes")) return;
  const expression = asExpression(assembly, command.operands[0]!, scope, "a number of bytes");
  const bytes = expression && assembly.count(expression, scope, "the number of bytes", MAX_COUNT);
  if (bytes === undefined) return;
  const { current } = assembly.sections;
  if (current.kind !== "zero" && !dataSection(assembly, command, scope)) return;
  if (!mayGrow(assembly, bytes, scope, command)) return;
  if (current.kind !== "zero" && !assembly.mayWrite(bytes, scope, command)) return;
  current.skip(bytes);
};

const FILL_WIDTHS: readonly number[] = [1, 2, 4, 8];

/** `.fill count[, size[, value]]`: count times an integer of 1, 2, 4 or 8 bytes. */
export const fill: Directive = (assembly, command, scope) => {
  const usage = ".fill count[, size[, value]]";
  if (!hasOperands(assembly, command, scope, [1, 3], usage)) return;
  const [countOperand, widthOperand, valueOperand] = command.operands.map((operand) =>
    asExpression(assembly, operand, scope, "an integer"),
  );
  const section = dataSection(assembly, command, scope);
  if (!section || !countOperand) return;
  const count = assembly.count(countOperand, scope, "the count", MAX_COUNT);
  const width = widthOperand ? assembly.count(widthOperand, scope, "the size", 8) : 1;
  if (count === undefined || width === undefined) return;
  if (!FILL_WIDTHS.includes(width))
    return assembly.error(scope, widthOperand!, `the size is ${width}, expected 1, 2, 4 or 8`);
  const value = valueOperand
    ? assembly.reporting(() => assembly.evaluator.integer(valueOperand, scope))
    : 0n;
  if (value === undefined) return;
  if (valueOperand && !fitsWidth(assembly, value, width, valueOperand, scope)) return;
  if (!mayGrow(assembly, count * width, scope, command)) return;
  if (!assembly.mayWrite(count * width, scope, command)) return;
  if (value === 0n) return section.skip(count * width);
  for (let i = 0; i < count; i++) section.appendInteger(value, width);
};

/** `.balign N`: zeros, or nops in .text, up to a multiple of N. */
export const balign: Directive = (assembly, command, scope) => {
  if (!hasOperands(assembly, command, scope, [1, 1], ".balign 64")) return;
  const operand = command.operands[0]!;
  const expression = asExpression(assembly, operand, scope, "an alignment");
  const alignment = expression && assembly.count(expression, scope, "the alignment", MAX_COUNT);
  if (alignment === undefined) return;
  if (alignment < 1 || alignment > MAX_ALIGNMENT || !Number.isInteger(Math.log2(alignment)))
    return assembly.error(
      scope,
      operand,
      `the alignment is ${alignment}, expected a power of two up to ${MAX_ALIGNMENT}`,
    );
  const { current } = assembly.sections;
  const padding = (alignment - (current.size % alignment)) % alignment;
  if (!mayGrow(assembly, padding, scope, command)) return;
  if (current.kind !== "metadata") current.alignment = Math.max(current.alignment, alignment);
  if (current.kind === "code") {
    for (let i = 0; i < padding; i += 8) emitPadding(assembly, scope, command);
  } else if (current.kind === "zero" || assembly.mayWrite(padding, scope, command)) {
    current.skip(padding);
  }
};
