import type { Reporter } from "../source/reporter.js";
import { reachable, returnsOnly } from "./control-flow.js";
import { operandPlace, type Program } from "./program.js";

/** Warns of the first instruction of every stretch that surely never runs. */
export function warnUnreachable(program: Program, reporter: Reporter): void {
  if (!returnsOnly(program)) return;
  const { instructions, entry, labelled, words } = program;
  const runs = reachable(program, [entry, ...labelled]);
  for (const index of instructions.keys()) {
    const first = !runs[index] && (index === 0 || runs[index - 1]);
    if (!first || words[index]!.kind === "data") continue;
    const place = operandPlace(program, index, () => false);
    reporter.warning(place, "this instruction is never reached", {
      help: "give it a label if something jumps here, or remove it",
    });
  }
}
