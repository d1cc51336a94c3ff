import { INSTRUCTION_BYTES } from "../../isa/codec.js";
import type { Assembly } from "../assembly.js";
import type { EncodedWord } from "../instructions/encode.js";
import { warnDeadWrites } from "./dead-writes.js";
import { warnLimits } from "./limits.js";
import { makeProgram } from "./program.js";
import { warnTensorAlignment } from "./tensor-alignment.js";
import { warnUnreachable } from "./unreachable.js";
import { warnUnusedLabels } from "./unused-labels.js";
import { warnUnwrittenReads } from "./unwritten-reads.js";

/**
 * Warnings about a program without errors: what is surely a mistake, and nothing else.
 * @param entry offset in .text of the first instruction to run
 */
export function check(assembly: Assembly, encoded: readonly EncodedWord[], entry: number): void {
  const { reporter, symbols, sections, words, configuration } = assembly;
  const labelled = new Set<number>();
  for (const { section, offset } of symbols.labelLocations())
    if (section === sections.text) labelled.add(offset / INSTRUCTION_BYTES);
  const program = makeProgram(encoded, words, entry / INSTRUCTION_BYTES, labelled);
  warnDeadWrites(program, reporter);
  warnUnwrittenReads(program, reporter);
  warnUnreachable(program, reporter);
  warnLimits(program, configuration, reporter);
  warnUnusedLabels(symbols, reporter);
  warnTensorAlignment(symbols, reporter);
}
