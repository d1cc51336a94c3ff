import { TRAPS } from "../isa/index.js";
import type { Stop } from "./target.js";

/** A trap's value as its description in machine.yaml suggests: addresses and words in hexadecimal. */
function valueText(trap: string, value: bigint): string {
  const decimal = trap === "vector_length" || trap === "software" || trap === "queue_empty";
  return decimal ? `${value}` : `0x${BigInt.asUintN(64, value).toString(16)}`;
}

/** One sentence about why a machine stopped, with the source line of a trap. */
export function describeStop(stop: Stop): string {
  switch (stop.reason) {
    case "halted":
      return "the program halted";
    case "input":
      return "the program waits for input";
    case "output":
      return "the program waits for room in the output queue";
    case "steps":
      return "the program used up its number of instructions";
    case "break":
      return "the program is at a breakpoint";
    case "trap": {
      const { trap, value, pc, source } = stop;
      const description = TRAPS[trap as keyof typeof TRAPS]?.description;
      const place = source ? `${source.file}:${source.line}` : "an unknown line";
      const meaning = description ? ` (${description})` : "";
      return `trap ${trap} with value ${valueText(trap, value)} at pc 0x${pc.toString(16)}, ${place}${meaning}`;
    }
  }
}
