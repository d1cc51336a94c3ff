import { instruction } from "../../isa/codec.js";
import type { CoreConfiguration } from "../../isa/spec.js";
import { type Packing, packedSize } from "../../ternary/packing.js";
import type { Node, Program } from "../ir/types.js";
import { select, trafficOf } from "../select/select.js";

/**
 * Speeds by which instructions are ordered. The order is right on any machine; these figures only
 * decide what is likely to wait for what. They are those of a core at 300 MHz with the four DDR4
 * channels of the D5005 card.
 */
export interface MachineSpeed {
  /** Elements a clock of the row-wise and rms units. */
  readonly lanes: number;
  /** Clocks from the first element in to the first element out of a unit. */
  readonly depth: number;
  /** Bytes a clock. */
  readonly dramRate: number;
  /** Clocks from a request to its first byte. */
  readonly dramLatency: number;
}

export const NOMINAL_SPEED: MachineSpeed = {
  lanes: 64,
  depth: 12,
  dramRate: 256,
  dramLatency: 60,
};

/** The speeds of a configuration's core, where a load takes so many clocks. */
export function speedOf(core: CoreConfiguration, dramLatency: number): MachineSpeed {
  return {
    lanes: core.lanes,
    depth: NOMINAL_SPEED.depth,
    dramRate: core.channels * core.beat_bytes,
    dramLatency,
  };
}

/** The unit that a node occupies, and for how many clocks. */
export interface Cost {
  readonly unit: string;
  readonly clocks: number;
}

/** Costs of a program's nodes on a machine; an input costs nothing. */
export function costModel(
  program: Program,
  packing: Packing,
  speed: MachineSpeed = NOMINAL_SPEED,
): (node: Node) => Cost {
  const bytesOfRows = (rows: number, columns: number) => packedSize(rows, columns, packing);
  return (node) => {
    const id = select(node, program, packing);
    if (!id) return { unit: "control", clocks: 0 };
    const { unit, timing } = instruction(id);
    const pass = Math.ceil(node.length / speed.lanes);
    const transfer = Math.ceil(trafficOf(node, program, bytesOfRows) / speed.dramRate);
    switch (timing) {
      case "vector_load":
      case "scalar_load":
        return { unit, clocks: speed.dramLatency + transfer };
      case "vector_store":
        return { unit, clocks: transfer };
      case "stream":
        return { unit, clocks: speed.depth + transfer };
      case "two_pass":
        return { unit, clocks: speed.depth + 2 * pass };
      default:
        return { unit, clocks: speed.depth + pass };
    }
  };
}
