import type { INSTRUCTIONS, Instruction } from "../../isa/index.js";
import { packedSize } from "../../ternary/packing.js";
import type { Machine } from "../machine.js";

/** What DRAM is read or written for. */
export const TRAFFIC_KINDS = [
  "weights read",
  "vectors read",
  "vectors written",
  "scalars read",
  "scalars written",
] as const;

export type TrafficKind = (typeof TRAFFIC_KINDS)[number];

export interface Traffic {
  readonly kind: TrafficKind;
  readonly bytes: number;
}

type MemoryInstruction = Extract<(typeof INSTRUCTIONS)[number], { unit: "lsu" | "tmatmul" }>["id"];
type Measure = (machine: Machine, fields: Instruction["fields"]) => Traffic;

const vector =
  (kind: TrafficKind, width: number): Measure =>
  ({ vl }) => ({ kind, bytes: vl * width });
const scalar =
  (kind: TrafficKind, bytes: number): Measure =>
  () => ({ kind, bytes });
const matrix =
  (packing: "t4" | "t5"): Measure =>
  ({ vl, q }, { rs3 = 0 }) => ({
    kind: "weights read",
    bytes: packedSize(vl, q[rs3]!.length, packing),
  });

/** A memory instruction that is not listed does not compile. */
const MEASURES: Readonly<Record<MemoryInstruction, Measure>> = {
  ldv: vector("vectors read", 4),
  "ldv.h": vector("vectors read", 2),
  "ldv.b": vector("vectors read", 1),
  sv: vector("vectors written", 4),
  lw: scalar("scalars read", 4),
  ld: scalar("scalars read", 8),
  sw: scalar("scalars written", 4),
  sd: scalar("scalars written", 8),
  "tmatmul.t4": matrix("t4"),
  "tmatmul.t5": matrix("t5"),
};

/** What an instruction moves between DRAM and the machine; undefined where that is nothing. */
export function trafficOf(machine: Machine, { spec, fields }: Instruction): Traffic | undefined {
  const measure = (MEASURES as Readonly<Partial<Record<string, Measure>>>)[spec.id];
  return measure?.(machine, fields);
}
