import { UserError } from "../diagnostics/diagnostic.js";
import { NUMERICS } from "../isa/generated.js";
import type { Configuration } from "../isa/spec.js";
import type { Packing } from "../ternary/packing.js";
import type { Program } from "./ir/types.js";

/** eps is told to `norm` in 32 bits, in units of 2^-2F. */
const EPS_UNIT = 2 ** (-2 * NUMERICS.fraction_bits);
/** Largest eps that `norm` can be told. */
export const LARGEST_EPS = (2 ** 32 - 1) * EPS_UNIT;

/**
 * Checks that a program's vectors, eps and packing are ones that a configuration can work with.
 * @throws UserError that names the limit
 */
export function checkLimits(
  program: Program,
  configuration: Configuration,
  packing: Packing,
): void {
  const { name, vlmax, packings } = configuration;
  if (!packings.includes(packing))
    throw new UserError(
      `configuration ${name} has no ternary unit for packing ${packing}`,
      `compile with one of: ${packings.join(", ")}`,
    );
  for (const region of program.regions) {
    for (const node of region.graph.nodes) {
      if (node.length > vlmax)
        throw new UserError(
          `${program.name}: ${describe(node)} has ${node.length} elements, more than the vlmax of configuration ${name}, ${vlmax}: a normalised or quantised vector must fit one register`,
          "compile for a configuration with a larger vlmax",
        );
      if (node.op === "norm" && !(node.eps >= 0 && node.eps <= LARGEST_EPS))
        throw new UserError(
          `${program.name}: a normalisation's eps is ${node.eps}; the norm instruction takes 0 to ${LARGEST_EPS.toPrecision(3)}`,
          "check rms_norm_eps in the checkpoint's config.json",
        );
    }
  }
}

function describe(node: { hint: string; scope: string; op: string }): string {
  return `the vector ${node.hint || node.op}${node.scope ? ` of the ${node.scope}` : ""}`;
}

/** @throws UserError when the program's data is more than a configuration's DRAM */
export function checkDram(program: string, bytes: number, { name, dram }: Configuration): void {
  if (bytes > dram)
    throw new UserError(
      `${program} needs ${bytes} bytes of DRAM, more than the dram of configuration ${name}, ${dram}`,
      "compile for a configuration with more DRAM, or with a denser packing",
    );
}

/** @throws UserError when the program is longer than a configuration's instruction memory */
export function checkInstructions(
  program: string,
  count: number,
  { name, instructions }: Configuration,
): void {
  if (count > instructions)
    throw new UserError(
      `${program} needs ${count} instructions, more than the instruction memory of configuration ${name}, ${instructions}`,
      "compile for a configuration with a larger instruction memory",
    );
}
