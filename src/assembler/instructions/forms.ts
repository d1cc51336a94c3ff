import {
  ALIASES,
  type AliasSpec,
  INSTRUCTIONS,
  type Instruction,
  type OperandSpec,
} from "../../isa/index.js";
import { fileOrigin } from "../source/origin.js";
import { SourceFile } from "../source/source-file.js";
import { SourceText } from "../syntax/source-text.js";
import { type ParsedOperand, parseOperand, REGISTER_NAMES } from "./operands.js";

/** A way to write a mnemonic's operands. Several forms may share a mnemonic. */
export interface Form {
  readonly mnemonic: string;
  readonly syntax: string;
  readonly operands: readonly OperandSpec[];
  /** The instructions that it stands for: one, unless it is an alias of several. */
  readonly templates: readonly Template[];
}

/** An instruction of a form, each of its operands one of the form's or fixed. */
export interface Template {
  readonly spec: Instruction["spec"];
  readonly arguments: readonly (number | ParsedOperand)[];
}

let byMnemonic: ReadonlyMap<string, readonly Form[]> | undefined;

/** All forms by mnemonic: the instructions' own and the aliases'. */
export function forms(): ReadonlyMap<string, readonly Form[]> {
  byMnemonic ??= collectForms();
  return byMnemonic;
}

function collectForms(): Map<string, Form[]> {
  const found = new Map<string, Form[]>();
  const add = (form: Form) => {
    const list = found.get(form.mnemonic);
    if (list) list.push(form);
    else found.set(form.mnemonic, [form]);
  };
  for (const spec of INSTRUCTIONS as readonly Instruction["spec"][]) {
    const { mnemonic, syntax, operands } = spec;
    const templates = [{ spec, arguments: operands.map((_, i) => i) }];
    add({ mnemonic, syntax, operands, templates });
  }
  const own = new Map(found);
  for (const alias of ALIASES) {
    const { mnemonic, syntax, operands } = alias;
    add({
      mnemonic,
      syntax,
      operands,
      templates: alias.expands.map((l) => template(alias, l, own)),
    });
  }
  return found;
}

/** What an alias's operand stands for in its expansion, so that the expansion can be parsed. */
const PLACEHOLDER = "__operand_";

/** An alias's expansion, such as `beq {xs1}, x0, {target}`, as a template. */
function template(
  alias: AliasSpec,
  line: string,
  own: ReadonlyMap<string, readonly Form[]>,
): Template {
  const text = line.replace(/\{(\w+)\}/g, `${PLACEHOLDER}$1`);
  const source = new SourceText(text, fileOrigin(new SourceFile(alias.syntax, text)));
  const statement = source.statement(0);
  const command = statement.kind === "statement" ? statement.body : undefined;
  if (command?.kind !== "command") throw new Error(`alias "${alias.syntax}" expands to "${line}"`);
  const resolved = command.operands.map((operand): number | ParsedOperand => {
    if (operand.kind !== "name" || !operand.name.startsWith(PLACEHOLDER))
      return parseOperand(operand, REGISTER_NAMES);
    const name = operand.name.slice(PLACEHOLDER.length);
    return alias.operands.findIndex((o) => o.name === name);
  });
  const form = (own.get(command.name) ?? []).find(
    ({ operands }) =>
      operands.length === resolved.length &&
      operands.every((operand, i) => {
        const argument = resolved[i]!;
        if (typeof argument === "number") return alias.operands[argument]?.kind === operand.kind;
        return accepts(operand, argument);
      }),
  );
  if (!form)
    throw new Error(`alias "${alias.syntax}" expands to "${line}", which is no instruction`);
  return { spec: form.templates[0]!.spec, arguments: resolved };
}

/** Whether an operand is of the kind that a form takes; its value is another question. */
export function accepts({ kind }: OperandSpec, operand: ParsedOperand): boolean {
  if (kind === "imm" || kind === "target" || kind === "csr") return operand.kind === "expression";
  return operand.kind === kind;
}
