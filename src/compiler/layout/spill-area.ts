import type { MachineCode } from "../registers/machine-code.js";
import { toLine } from "./data-plan.js";

/** Byte offset of a slot in the spill area; slots of a region follow each other, each at a line. */
export function spillOffset(slots: readonly number[], slot: number): number {
  return slots.slice(0, slot).reduce((sum, length) => sum + toLine(length * 4), 0);
}

/** Bytes of the spill area: regions use it one after the other. */
export function spillBytes(codes: readonly MachineCode[]): number {
  return Math.max(0, ...codes.map(({ slots }) => spillOffset(slots, slots.length)));
}
