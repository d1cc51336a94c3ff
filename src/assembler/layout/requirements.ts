import type { Requirements } from "../../image/image.js";
import { type Configuration, PACKINGS } from "../../isa/index.js";
import type { EncodedWord } from "../instructions/encode.js";

/**
 * What a machine must offer to run the program. The vector length is the largest constant one; if
 * the program also sets it from a register, whose value nobody knows here, it is that of the
 * configuration, for which it was written.
 * @param dram bytes of DRAM up to the end of the last section
 */
export function requirements(
  words: readonly EncodedWord[],
  dram: number,
  configuration: Configuration,
): Requirements {
  let vlmax = 0;
  const packings = new Set<string>();
  for (const { instruction } of words) {
    if (!instruction) continue;
    const { spec, fields } = instruction;
    if (spec.id === "setvli") vlmax = Math.max(vlmax, fields.imm ?? 0);
    else if (spec.id === "setvl") vlmax = Math.max(vlmax, configuration.vlmax);
    else if (spec.unit === "tmatmul") packings.add(spec.mnemonic.split(".").at(-1)!);
  }
  return {
    vlmax,
    dram,
    instructions: words.length,
    packings: Object.keys(PACKINGS).filter((packing) => packings.has(packing)),
  };
}
