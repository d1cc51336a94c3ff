import type { Assembly } from "../assembly.js";
import { asExpression, asName, hasOperands } from "../directives/directive.js";
import type { Site } from "../source/reporter.js";
import type { Scope } from "../symbols/symbol-table.js";
import type { Command } from "../syntax/ast.js";
import type { Block } from "../syntax/blocks.js";

/** What a condition asks that only the expander knows. */
export interface ConditionContext {
  readonly assembly: Assembly;
  scope(site: Site): Scope;
  isMacro(name: string): boolean;
}

/** Lines `from` to `to - 1`. */
export interface Lines {
  readonly from: number;
  readonly to: number;
}

/** The lines of the branch of an `.if` that counts; undefined when none does, or after an error. */
export function chosenBranch(
  context: ConditionContext,
  site: Site,
  block: Block,
): Lines | undefined {
  const borders = [block.first, ...block.middles, block.last];
  for (let i = 0; i + 1 < borders.length; i++) {
    const holds = conditionHolds(context, site, borders[i]!);
    if (holds === undefined) return undefined;
    if (holds) return { from: borders[i]! + 1, to: borders[i + 1]! };
  }
  return undefined;
}

/** Whether the lines under `.if`, `.elseif` or `.else` count; undefined after an error. */
function conditionHolds(context: ConditionContext, site: Site, line: number): boolean | undefined {
  const { assembly } = context;
  const statement = site.source.statement(line);
  if (statement.kind === "error") {
    const { message, help } = statement;
    assembly.reporter.error({ site, range: statement }, message, { help });
    return undefined;
  }
  const command = statement.body as Command;
  const scope = context.scope(site);
  const { name } = command;
  if (name === ".else") return hasOperands(assembly, command, scope, [0, 0], ".else") || undefined;
  const asksForName = name === ".ifdef" || name === ".ifndef";
  const usage = `${name} ${asksForName ? "name" : "condition"}`;
  if (!hasOperands(assembly, command, scope, [1, 1], usage)) return undefined;
  const operand = command.operands[0]!;
  if (asksForName) {
    const asked = asName(assembly, operand, scope, "a name");
    return asked === undefined ? undefined : isDefined(context, asked) === (name === ".ifdef");
  }
  const condition = asExpression(assembly, operand, scope, "a condition");
  const value = condition && assembly.reporting(() => assembly.evaluator.integer(condition, scope));
  return value === undefined ? undefined : value !== 0n;
}

function isDefined({ assembly, isMacro }: ConditionContext, name: string): boolean {
  const definitions = assembly.symbols.find(name)?.definitions ?? [];
  return definitions.length > 0 || assembly.registers.has(name) || isMacro(name);
}
