import { LATENCIES } from "../isa/generated.js";
import type { MicroOperation } from "./micro-operation.js";

/**
 * Clocks from start to done of an instruction that needs nothing from DRAM.
 * @param words of the vector registers that it goes through
 * @throws Error for an instruction of another unit
 */
export function unitClocks({ id, timing }: MicroOperation, words: number): number {
  const { rowwise, rms } = LATENCIES;
  switch (timing) {
    case "rowwise":
      return (
        words + (id === "exp" || id === "sig" || id === "silu" ? rowwise.function : rowwise.depth)
      );
    case "rowwise_divide":
      return words * rowwise.divide + rowwise.divide_depth;
    case "one_pass":
      return words + rms.argmax;
    case "two_pass":
      return 2 * words + (id === "norm" ? rms.norm : rms.quant);
    default:
      throw new Error(`${id} has no clocks of its own`);
  }
}
