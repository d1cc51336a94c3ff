import { LATENCIES } from "../isa/generated.js";
import type { FieldName, Instruction } from "../isa/index.js";
import { type Packing, tritsPerByte } from "../ternary/packing.js";
import { unitClocks } from "./unit-clocks.js";

/** Units that instructions wait for in the issue queue, in the order of issue_unit_e. */
export const ISSUE_UNITS = ["lsu", "rowwise", "rms", "tmatmul"] as const;
export type IssueUnit = (typeof ISSUE_UNITS)[number];

/** Where an instruction does its work. */
export type Place =
  /** In the front end, which does nothing else meanwhile. */
  | "front"
  /** The front end asks for it and goes on. */
  | "scalar load"
  /** In a unit, once the issue stage gives it to it. */
  | "unit";

/** What is known of an instruction before it runs: what it holds, waits for and does where. */
export interface MicroOperation {
  readonly instruction: Instruction;
  readonly place: Place;
  /** Clocks more than every instruction's that the front end takes for it, a branch that is taken aside. */
  readonly frontClocks: number;
  /** Whether it jumps on a condition only. */
  readonly isBranch: boolean;
  /** Whether it waits until all that went before has ended. */
  readonly drains: boolean;
  /** Index in ISSUE_UNITS; -1 where `place` is not "unit". */
  readonly unit: number;
  /** Clocks in its unit: for each word of a vector register, and beside them; 0 where DRAM decides. */
  readonly wordClocks: number;
  readonly unitClocks: number;
  /** Vector registers that it holds while it runs, read or written: a bit each. */
  readonly vectors: number;
  /** Activation registers: a bit each. */
  readonly activations: number;
  /** Scalar registers that must not be pending when it executes. */
  readonly scalars: readonly number[];
  /** Scalar registers that it leaves pending, until a load or argmax ends. */
  readonly pending: readonly number[];
  /** The register and offset of its memory operand; base -1 for none. */
  readonly base: number;
  readonly offset: number;
  /** Bytes of an element or word in memory; 0 for none. */
  readonly width: number;
  readonly isStore: boolean;
  /** Whether what moves is a scalar register. */
  readonly isScalar: boolean;
  /** Rows of a row group; 0 for what is no product. */
  readonly trits: number;
  /** The activation register of a product. */
  readonly source: number;
}

const WIDTHS: Readonly<Record<string, number>> = {
  ldv: 4,
  "ldv.h": 2,
  "ldv.b": 1,
  sv: 4,
  lw: 4,
  ld: 8,
  sw: 4,
  sd: 8,
};

function registers(instruction: Instruction, kind: "v" | "q" | "x", access: RegExp): number[] {
  const { spec, fields } = instruction;
  return spec.operands
    .filter((operand) => operand.kind === kind && access.test(operand.access ?? ""))
    .map((operand) => fields[operand.field as FieldName] ?? 0);
}

function mask(numbers: readonly number[]): number {
  return numbers.reduce((bits, register) => bits | (1 << register), 0);
}

function frontClocks({ spec }: Instruction, place: Place): number {
  const { multiply, jump, address, matrix, dispatch } = LATENCIES.front;
  if (place === "front") {
    if (spec.id === "mul") return multiply;
    return spec.id === "jal" || spec.id === "jalr" ? jump : 0;
  }
  if (spec.unit === "tmatmul") return address + matrix + dispatch;
  return (spec.id in WIDTHS ? address : 0) + dispatch;
}

/** The facts of an instruction. */
export function microOperation(instruction: Instruction): MicroOperation {
  const { spec, fields } = instruction;
  const isLoad = spec.timing === "scalar_load";
  const unit = (ISSUE_UNITS as readonly string[]).indexOf(spec.unit);
  const place = isLoad ? "scalar load" : unit >= 0 ? "unit" : "front";
  const memory = spec.operands.find(({ kind }) => kind === "mem");
  const base = memory ? (fields[memory.base as FieldName] ?? 0) : -1;
  const written = registers(instruction, "x", /w/);
  const packing = spec.unit === "tmatmul" ? (spec.id.slice("tmatmul.".length) as Packing) : null;
  const width = WIDTHS[spec.id] ?? 0;
  const clocks =
    place === "unit" && width === 0 && !packing ? unitClocks(spec) : { word: 0, beside: 0 };
  return {
    instruction,
    place,
    frontClocks: frontClocks(instruction, place),
    isBranch: spec.timing === "branch" && spec.id !== "jal" && spec.id !== "jalr",
    drains: spec.id === "enq" || spec.id === "halt",
    unit: isLoad ? -1 : unit,
    wordClocks: clocks.word,
    unitClocks: clocks.beside,
    vectors: mask(registers(instruction, "v", /./)),
    activations: mask(registers(instruction, "q", /./)),
    scalars: [
      ...new Set([...registers(instruction, "x", /./), ...(base > 0 ? [base] : [])]),
    ].filter((register) => register !== 0),
    pending: isLoad || unit >= 0 ? written.filter((register) => register !== 0) : [],
    base,
    offset: fields.imm ?? 0,
    width,
    isStore: spec.timing === "vector_store" || spec.timing === "scalar_store",
    isScalar: spec.timing.startsWith("scalar"),
    trits: packing ? tritsPerByte(packing) : 0,
    source: fields.rs3 ?? 0,
  };
}
