import type { Directive } from "./directive.js";
import { asString, hasOperands } from "./directive.js";

/** `.text`, `.data`, `.rodata`, `.bss`. */
export const namedSection: Directive = (assembly, command, scope) => {
  if (hasOperands(assembly, command, scope, [0, 0], command.name))
    assembly.sections.enter(command.name, false);
};

/** `.section NAME[, "n"]`. */
export const section: Directive = (assembly, command, scope) => {
  if (!hasOperands(assembly, command, scope, [1, 2], '.section name[, "n"]')) return;
  const [nameOperand, flagsOperand] = command.operands;
  const name =
    nameOperand!.kind === "string"
      ? nameOperand!.value
      : nameOperand!.kind === "name"
        ? nameOperand!.name
        : undefined;
  if (name === undefined || !/^[\w.$-]{1,255}$/.test(name))
    return assembly.error(scope, nameOperand!, "expected a section's name, such as .weights");
  let metadata = false;
  if (flagsOperand) {
    const flags = asString(assembly, flagsOperand, scope, "the section's flags");
    if (!flags) return;
    metadata = flags.value === "n";
    if (!metadata && flags.value !== "")
      return assembly.error(
        scope,
        flagsOperand,
        `unknown section flags "${flags.value}"`,
        '"n" makes a section metadata, which is kept in the image and never loaded',
      );
  }
  if (metadata && [".text", ".data", ".rodata", ".bss"].includes(name))
    return assembly.error(scope, nameOperand!, `"${name}" is loaded: it cannot be metadata`);
  const problem = assembly.sections.enter(name, metadata);
  if (problem !== undefined)
    assembly.error(scope, nameOperand!, `section "${name}": ${problem}`, "choose another name");
};
