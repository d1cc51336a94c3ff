import type { Machine } from "../machine.js";
import { Trap } from "../trap.js";

const TWO32 = 2 ** 32;

/**
 * The address x[rs1] + imm of an access, checked: alignment first, then range.
 * @param bytes that the access touches
 * @param alignment a power of two
 */
export function dataAddress(
  { x, xWords, memory }: Machine,
  rs1: number,
  imm: number,
  bytes: number,
  alignment: number,
): number {
  // Where the double is not exact it is far outside of DRAM.
  const address = xWords[2 * rs1 + 1]! * TWO32 + (xWords[2 * rs1]! >>> 0) + imm;
  if (address >= 0 && address + bytes <= memory.size && address % alignment === 0) return address;
  const exact = BigInt.asUintN(64, x[rs1]! + BigInt(imm));
  const misaligned = exact % BigInt(alignment) !== 0n;
  throw new Trap(misaligned ? "address_misaligned" : "address_out_of_range", exact);
}

/** The target of a jump, checked before the jump has any effect. */
export function codeAddress({ codeStart, codeEnd }: Machine, target: bigint): number {
  const address = Number(target);
  if (target % 8n !== 0n || address < codeStart || address >= codeEnd)
    throw new Trap("instruction_address", BigInt.asUintN(64, target));
  return address;
}
