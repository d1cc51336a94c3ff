import type { Packing } from "../../ternary/packing.js";
import { packedSize } from "../../ternary/packing.js";
import type { Program, Region } from "../ir/types.js";
import { spillOffset } from "../layout/spill-area.js";
import type { AssemblyText } from "./text.js";

/** Largest address that an instruction's immediate reaches from x0. */
const REACH = 2 ** 31 - 1;

export const SPILL = "spill";
export const LAYER_SCALES = "layer_scale_table";
export const SHARED_SCALES = "scale_table";
export const STATE_STRIDE = "state_stride";

/** Name of the constant that holds a per-layer tensor's offset from its layer's data. */
export function offsetName(tensor: string): string {
  return `layer.${tensor}`;
}

/**
 * Writes memory operands. In a region over layers or blocks of rows, tensors that advance are reached
 * from a base register; everything else has a fixed address, in the immediate if it fits.
 */
export class Addressing {
  constructor(
    private readonly program: Program,
    private readonly packing: Packing,
    private readonly text: AssemblyText,
    /** Bytes of DRAM that the program uses. */
    private readonly extent: number,
  ) {}

  /** A fixed address: an expression of symbols. */
  fixed(expression: string): string {
    if (this.extent <= REACH) return `${expression}(x0)`;
    this.text.instruction("la", ["address", expression]);
    return "(address)";
  }

  /** A constant, a table's row excepted. */
  constant(region: Region, tensor: string): string {
    const { perLayer } = this.#constant(tensor);
    return perLayer && region.advances === "layers"
      ? `${offsetName(tensor)}(layer_data)`
      : this.fixed(tensor);
  }

  #constant(name: string): { perLayer: boolean } {
    const tensor = this.program.tensors.get(name);
    if (tensor?.kind !== "constant" && tensor?.kind !== "matrix")
      throw new Error(`"${name}" is not in the data file`);
    return tensor;
  }

  /** A state or port tensor, from element `offset` on. */
  memory(region: Region, tensor: string, offset: number): string {
    const bytes = offset * 4;
    const isState = this.program.tensors.get(tensor)?.kind === "state";
    if (isState && region.advances === "layers") return `${bytes}(layer_state)`;
    if (region.advances === "rows") return `${bytes}(block_logits)`;
    return this.fixed(bytes ? `${tensor} + ${bytes}` : tensor);
  }

  /** Rows of a matrix from `firstRow` on, which starts a row group. */
  matrix(region: Region, name: string, firstRow: number): string {
    const matrix = this.#constant(name);
    if (!("columns" in matrix)) throw new Error(`"${name}" is no matrix`);
    const offset = packedSize(firstRow, Number(matrix.columns), this.packing);
    if (region.advances === "rows") return `${offset}(block_matrix)`;
    if (matrix.perLayer) return `${offsetName(name)}(layer_data)`;
    return this.fixed(offset ? `${name} + ${offset}` : name);
  }

  scale(region: Region, slot: number): string {
    return region.advances === "layers"
      ? `${slot * 4}(layer_scales)`
      : this.fixed(slot ? `${SHARED_SCALES} + ${slot * 4}` : SHARED_SCALES);
  }

  spill(slots: readonly number[], slot: number): string {
    const offset = spillOffset(slots, slot);
    return this.fixed(offset ? `${SPILL} + ${offset}` : SPILL);
  }
}
