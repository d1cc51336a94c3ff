import { decode, type Instruction } from "../isa/index.js";

/** What an instruction writes, if not a scalar register at once, by rtl/sim/trace.h's number. */
export const DESTINATIONS = ["none", "vector", "activation", "memory", "scalar load"] as const;

export type DestinationName = (typeof DESTINATIONS)[number];

export interface Destination {
  readonly kind: DestinationName;
  /** Register; of a scalar store: its bytes; of a vector store: 0. */
  readonly which: number;
}

const NONE: Destination = { kind: "none", which: 0 };

/** What an instruction of the image's code writes. */
export function destinationOf(word: bigint): Destination {
  const decoded = decode(word);
  return "illegal" in decoded ? NONE : destination(decoded);
}

function destination({ spec, fields }: Instruction): Destination {
  if (spec.timing === "vector_store") return { kind: "memory", which: 0 };
  if (spec.timing === "scalar_store") return { kind: "memory", which: spec.id === "sd" ? 8 : 4 };
  if (spec.timing === "scalar_load") return { kind: "scalar load", which: 0 };
  for (const { kind, access = "", field } of spec.operands as Instruction["spec"]["operands"]) {
    const which = fields[field as keyof typeof fields]!;
    if (kind === "v" && access.includes("w")) return { kind: "vector", which };
    if (kind === "q" && access.includes("w")) return { kind: "activation", which };
  }
  return NONE;
}
