import type { ManualSource } from "../../../src/isa/manual-entry.js";
import type { Specification } from "../load.js";
import { capitalise } from "../markdown.js";

/** The manual's source from the files as they are now, rather than as they were last generated. */
export function manualSource({ machine }: Specification): ManualSource {
  return {
    fields: machine.word.fields,
    registers: machine.registers,
    csrs: machine.csrs,
    operandDescriptions: Object.fromEntries(
      Object.entries(machine.operands).map(([name, { description }]) => [name, description]),
    ),
    units: machine.units,
    timing: machine.timing,
    traps: machine.traps,
    definitions: { ...machine.functions, ...machine.tables },
  };
}

/** What a unit is called: its description up to the colon. */
export function unitTitle(description: string): string {
  return capitalise(description.split(":", 1)[0]!);
}
