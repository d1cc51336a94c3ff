import { UserError } from "../../diagnostics/diagnostic.js";
import { readNpy } from "../../tensors/npy.js";
import { pack, packedSize } from "../../ternary/packing.js";
import type { Assembly } from "../assembly.js";
import { findFile, searchedText } from "../source/include-path.js";
import type { Scope } from "../symbols/symbol-table.js";
import type { Operand } from "../syntax/ast.js";
import {
  asExpression,
  asString,
  type Directive,
  dataSection,
  hasOperands,
  mayGrow,
} from "./directive.js";
import { packingOperand } from "./trits.js";

/** The file that an operand names, or undefined after an error was reported. */
export function fileOperand(
  assembly: Assembly,
  operand: Operand,
  scope: Scope,
): { path: string; bytes: Uint8Array } | undefined {
  const name = asString(assembly, operand, scope, "a file name");
  if (!name) return undefined;
  const from = scope.site.source.origin.file.name;
  const found = findFile(name.value, from, assembly.options);
  if (found) return found;
  const message = `file "${name.value}" is not found`;
  assembly.error(scope, operand, message, searchedText(name.value, from, assembly.options));
  return undefined;
}

/** `.incbin "file"[, offset[, length]]`: the bytes of a file, which are not copied if large. */
export const incbin: Directive = (assembly, command, scope) => {
  const usage = '.incbin "file"[, offset[, length]]';
  if (!hasOperands(assembly, command, scope, [1, 3], usage)) return;
  const [fileName, offsetOperand, lengthOperand] = command.operands;
  const section = dataSection(assembly, command, scope);
  const file = fileOperand(assembly, fileName!, scope);
  if (!section || !file) return;
  const bound = (operand: Operand | undefined, what: string, max: number, absent: number) => {
    if (!operand) return absent;
    const expression = asExpression(assembly, operand, scope, "a number of bytes");
    return expression && assembly.count(expression, scope, what, max);
  };
  const size = file.bytes.length;
  const offset = bound(offsetOperand, "the offset", size, 0);
  if (offset === undefined) return;
  const length = bound(lengthOperand, "the length", size - offset, size - offset);
  if (length === undefined || !mayGrow(assembly, length, scope, command)) return;
  const repeated = assembly.countIncluded(file.path, length, size);
  if (!assembly.mayWrite(repeated, scope, command)) return;
  section.append(file.bytes.subarray(offset, offset + length));
};

/** `.inctrits packing, "file.npy"`: a ternary matrix from an int8 array of two dimensions. */
export const inctrits: Directive = (assembly, command, scope) => {
  if (!hasOperands(assembly, command, scope, [2, 2], '.inctrits t4, "weights.npy"')) return;
  const [packingName, fileName] = command.operands;
  const packing = packingOperand(assembly, packingName!, scope);
  const section = dataSection(assembly, command, scope);
  const file = fileOperand(assembly, fileName!, scope);
  if (!packing || !section || !file) return;
  const fail = (message: string, help?: string) =>
    assembly.error(scope, fileName!, `${file.path}: ${message}`, help);
  let array: ReturnType<typeof readNpy>;
  try {
    array = readNpy(file.path, file.bytes);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return assembly.error(scope, fileName!, error.message, error.help);
  }
  const { data, shape, type } = array;
  const [rows, columns] = shape;
  if (type !== "I8" || shape.length !== 2 || !(data instanceof Int8Array))
    return fail(
      `an array of type ${type} and shape [${shape.join(", ")}], expected int8 and two dimensions`,
    );
  const wrong = data.findIndex((value) => value < -1 || value > 1);
  if (wrong >= 0) {
    const at = `[${Math.floor(wrong / columns!)}, ${wrong % columns!}]`;
    return fail(`the value ${data[wrong]} at ${at} is no trit, expected -1, 0 or 1`);
  }
  if (mayGrow(assembly, packedSize(rows!, columns!, packing), scope, command))
    section.append(pack(data, rows!, columns!, packing));
};

/** An image's paths have at most 4096 bytes, a character at most 4. */
const MAX_NAME = 1024;

/** `.file "name"`: what the image's line information calls this file. */
export const file: Directive = (assembly, command, scope) => {
  if (!hasOperands(assembly, command, scope, [1, 1], '.file "name"')) return;
  const operand = command.operands[0]!;
  const name = asString(assembly, operand, scope, "a name");
  if (name && (name.value === "" || name.value.length > MAX_NAME))
    return assembly.error(scope, operand, `a file's name has 1 to ${MAX_NAME} characters`);
  if (name) assembly.recordedNames.set(scope.site.source.origin.file.name, name.value);
};
