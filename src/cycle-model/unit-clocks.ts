import { LATENCIES } from "../isa/generated.js";
import type { Instruction } from "../isa/index.js";

/** Clocks from start to done: for each word of the vector registers that it goes through, and beside them. */
export interface UnitClocks {
  readonly word: number;
  readonly beside: number;
}

/**
 * Clocks of an instruction that needs nothing from DRAM.
 * @throws Error for an instruction of another unit
 */
export function unitClocks({ id, timing }: Instruction["spec"]): UnitClocks {
  const { rowwise, rms } = LATENCIES;
  switch (timing) {
    case "rowwise": {
      const isFunction = id === "exp" || id === "sig" || id === "silu";
      return { word: 1, beside: isFunction ? rowwise.function : rowwise.depth };
    }
    case "rowwise_divide":
      return { word: rowwise.divide, beside: rowwise.divide_depth };
    case "one_pass":
      return { word: 1, beside: rms.argmax };
    case "two_pass":
      return { word: 2, beside: id === "norm" ? rms.norm : rms.quant };
    default:
      throw new Error(`${id} has no clocks of its own`);
  }
}
