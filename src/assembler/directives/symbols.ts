import { nearest } from "../../diagnostics/suggest.js";
import type { TensorType } from "../../image/image.js";
import { TENSOR_TYPES, tensorSize } from "../../image/tensor-size.js";
import { noteAt } from "../source/reporter.js";
import { checkName, defineConstant } from "../symbols/define.js";
import { asExpression, asName, type Directive, hasOperands } from "./directive.js";

/** `.equ name, expression` and `.set`, which is the same. */
export const equ: Directive = (assembly, command, scope) => {
  if (!hasOperands(assembly, command, scope, [2, 2], `${command.name} name, value`)) return;
  const [nameOperand, valueOperand] = command.operands;
  const name = asName(assembly, nameOperand!, scope, "the name of a constant");
  const value = asExpression(assembly, valueOperand!, scope, "a number");
  if (name !== undefined && value) defineConstant(assembly, name, nameOperand!, value, scope);
};

/** `.reg name, register`: another name for a register. */
export const reg: Directive = (assembly, command, scope) => {
  if (!hasOperands(assembly, command, scope, [2, 2], ".reg name, x5")) return;
  const [nameOperand, registerOperand] = command.operands;
  const name = asName(assembly, nameOperand!, scope, "a name");
  const registerName = asName(assembly, registerOperand!, scope, "a register");
  if (name === undefined || registerName === undefined) return;
  const register = assembly.registers.get(registerName);
  if (!register) return assembly.error(scope, registerOperand!, `"${registerName}" is no register`);
  const old = assembly.registers.get(name);
  if (old && old.file === register.file && old.number === register.number) return;
  if (!checkName(assembly, name, nameOperand!, scope)) return;
  const definition = assembly.symbols.find(name)?.definitions[0];
  if (definition) {
    const notes = definition.place ? [noteAt("defined here", definition.place)] : [];
    const place = { site: scope.site, range: nameOperand! };
    return assembly.reporter.error(place, `"${name}" is already a symbol`, { notes });
  }
  assembly.registers.set(name, register);
};

/** `.globl name, …`. */
export const globl: Directive = (assembly, command, scope) => {
  if (!hasOperands(assembly, command, scope, [1, Infinity], ".globl name, …")) return;
  for (const operand of command.operands) {
    const name = asName(assembly, operand, scope, "a symbol");
    if (name !== undefined)
      assembly.symbols.entry(name).global ??= { site: scope.site, range: operand };
  }
};

/** `.entry label`: where the program begins. */
export const entry: Directive = (assembly, command, scope) => {
  if (!hasOperands(assembly, command, scope, [1, 1], ".entry label")) return;
  const operand = command.operands[0]!;
  const name = asName(assembly, operand, scope, "a label");
  if (name === undefined) return;
  const place = { site: scope.site, range: operand };
  if (assembly.entry)
    return assembly.reporter.error(place, "a second .entry", {
      notes: [noteAt("the first one is here", assembly.entry.place)],
    });
  assembly.entry = { name, place };
};

const MAX_RANK = 8;
const MAX_DIMENSION = 2 ** 40;

/** `.tensor name, type, dimension, …`: how the bytes at a symbol are to be read. */
export const tensor: Directive = (assembly, command, scope) => {
  const usage = ".tensor name, type, dimension, …";
  if (!hasOperands(assembly, command, scope, [3, 2 + MAX_RANK], usage)) return;
  const [nameOperand, typeOperand, ...dimensions] = command.operands;
  const name = asName(assembly, nameOperand!, scope, "a symbol");
  const type = asName(assembly, typeOperand!, scope, "a tensor type");
  if (name === undefined || type === undefined) return;
  if (!(TENSOR_TYPES as readonly string[]).includes(type)) {
    const similar = nearest(type, TENSOR_TYPES);
    return assembly.error(
      scope,
      typeOperand!,
      `unknown tensor type "${type}", expected one of ${TENSOR_TYPES.join(", ")}`,
      similar === undefined ? undefined : `did you mean "${similar}"?`,
    );
  }
  const shape = dimensions.map((operand) => {
    const expression = asExpression(assembly, operand, scope, "a dimension");
    return expression && assembly.count(expression, scope, "the dimension", MAX_DIMENSION);
  });
  if (!shape.every((dimension) => dimension !== undefined)) return;
  const place = { site: scope.site, range: command };
  const declared = { type: type as TensorType, shape, place };
  if (!Number.isSafeInteger(tensorSize(declared)))
    return assembly.error(scope, command, "the tensor has more than 2^53 bytes");
  const symbol = assembly.symbols.entry(name);
  if (symbol.tensor)
    return assembly.reporter.error(place, `"${name}" has a tensor type already`, {
      notes: [noteAt("it is given here", symbol.tensor.place)],
    });
  symbol.tensor = declared;
};
