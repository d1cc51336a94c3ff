import type { Assembly } from "../assembly.js";
import { hasOperands } from "../directives/directive.js";
import { fileOperand } from "../directives/files.js";
import { fileOrigin } from "../source/origin.js";
import { SourceFile } from "../source/source-file.js";
import { decodeSource } from "../source/source-text-check.js";
import type { Scope } from "../symbols/symbol-table.js";
import type { Command } from "../syntax/ast.js";
import { SourceText } from "../syntax/source-text.js";

/** Source files that `.include` names; each is read and split into lines once. */
export class IncludedFiles {
  private readonly texts = new Map<string, SourceText>();

  constructor(private readonly assembly: Assembly) {}

  /** The file that a line includes, or undefined after an error was reported. */
  read(command: Command, scope: Scope): { path: string; source: SourceText } | undefined {
    const { assembly } = this;
    if (!hasOperands(assembly, command, scope, [1, 1], '.include "file"')) return undefined;
    const operand = command.operands[0]!;
    const file = fileOperand(assembly, operand, scope);
    if (!file) return undefined;
    const { path, bytes } = file;
    const known = this.texts.get(path);
    if (known) return { path, source: known };
    const text = decodeSource(bytes);
    if (typeof text !== "string") {
      assembly.error(scope, operand, `${path}: ${text.problem}`, text.help);
      return undefined;
    }
    const source = new SourceText(text, fileOrigin(new SourceFile(path, text)));
    this.texts.set(path, source);
    return { path, source };
  }
}
