import { DIRECTIVE_NAMES } from "../../src/assembler/directives/directive-names.js";
import { FUNCTION_NAMES } from "../../src/assembler/expression/function-names.js";
import type { Specification } from "./load.js";

/** The words of assembly source that an editor knows besides mnemonics. */
export interface AssemblyWords {
  readonly directives: readonly string[];
  /** Functions of expressions. */
  readonly functions: readonly string[];
  readonly registers: readonly string[];
}

/** The words: those of the machine from its specification, the others from the assembler itself. */
export function assemblyWords({ machine }: Specification): AssemblyWords {
  return {
    directives: DIRECTIVE_NAMES,
    functions: [...FUNCTION_NAMES],
    registers: Object.entries(machine.registers).flatMap(([file, { count }]) =>
      Array.from({ length: count }, (_, number) => `${file}${number}`),
    ),
  };
}
