import { asString, type Directive, hasOperands } from "./directive.js";

/** `.error "text"`. */
export const error: Directive = (assembly, command, scope) => {
  if (!hasOperands(assembly, command, scope, [1, 1], '.error "text"')) return;
  const text = asString(assembly, command.operands[0]!, scope, "a text");
  if (text) assembly.error(scope, command, text.value);
};

/** `.warning "text"`. */
export const warning: Directive = (assembly, command, scope) => {
  if (!hasOperands(assembly, command, scope, [1, 1], '.warning "text"')) return;
  const text = asString(assembly, command.operands[0]!, scope, "a text");
  if (text) assembly.reporter.warning({ site: scope.site, range: command }, text.value);
};
