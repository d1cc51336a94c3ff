import type { SourceLocation } from "../image/image.js";
import { INSTRUCTION_BYTES } from "../isa/codec.js";
import { MEMORY, TRAPS } from "../isa/index.js";
import type { Stop } from "./target.js";

const CODE_START: number = MEMORY.instruction_base;
/** Traps whose value is a signed number. */
const SIGNED = new Set(["vector_length", "software"]);

const TRAP_NAMES = new Map<number, string>(
  Object.entries(TRAPS).map(([name, { code }]) => [code, name]),
);

/** Where the instruction at an address comes from, if the image says so. */
export function sourceAt(
  lines: readonly (SourceLocation | undefined)[],
  pc: number,
): SourceLocation | undefined {
  return lines[(pc - CODE_START) / INSTRUCTION_BYTES];
}

/**
 * A trap as hardware tells it.
 * @param cause code of isa/machine.yaml
 * @param value 64 bits, without sign
 * @param lines of the image that runs
 */
export function trapStop(
  cause: number,
  value: bigint,
  pc: number,
  lines: readonly (SourceLocation | undefined)[],
): Stop {
  const trap = TRAP_NAMES.get(cause) ?? `number ${cause}`;
  const source = sourceAt(lines, pc);
  return {
    reason: "trap",
    trap,
    value: SIGNED.has(trap) ? BigInt.asIntN(64, value) : value,
    pc,
    ...(source && { source }),
  };
}
