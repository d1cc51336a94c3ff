import { type Configuration, MEMORY } from "../../isa/index.js";
import type { SectionBuilder } from "./section-builder.js";

/**
 * Gives the sections their addresses: .text where instruction memory begins; the others in DRAM
 * from 0 upwards, those with contents first, then the zeroed ones, each group in order of
 * appearance.
 * @returns bytes of DRAM up to the end of the last section
 */
export function layOut(sections: readonly SectionBuilder[]): number {
  let end = 0;
  for (const kind of ["data", "zero"] as const) {
    for (const section of sections) {
      if (section.kind !== kind) continue;
      const { alignment } = section;
      section.address = Math.ceil(end / alignment) * alignment;
      if (section.size > 0) end = section.address + section.size;
    }
  }
  for (const section of sections)
    if (section.kind === "code") section.address = MEMORY.instruction_base;
  return end;
}

/** What is wrong with the size of a program, or undefined. */
export function dramOverflow(end: number, { dram, name }: Configuration): string | undefined {
  if (end <= dram) return undefined;
  return `the program needs ${end} bytes of DRAM, configuration ${name} has ${dram}`;
}
