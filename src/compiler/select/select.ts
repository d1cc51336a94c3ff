import type { InstructionId } from "../../isa/codec.js";
import type { Packing } from "../../ternary/packing.js";
import type { Node, Program, Storage } from "../ir/types.js";

/** The load that widens a storage's elements. */
export function loadOf({ bits }: Storage): InstructionId {
  return bits === 8 ? "ldv.b" : bits === 16 ? "ldv.h" : "ldv";
}

function storageOf(program: Program, name: string): Storage {
  const tensor = program.tensors.get(name);
  return tensor && "storage" in tensor ? tensor.storage : { bits: 32, shift: 0 };
}

/** The instruction that computes a node; an input needs none. */
export function select(node: Node, program: Program, packing: Packing): InstructionId | undefined {
  switch (node.op) {
    case "input":
      return undefined;
    case "embed":
      return loadOf(storageOf(program, node.table));
    case "constant":
      return loadOf(storageOf(program, node.tensor));
    case "load":
      return "ldv";
    case "store":
      return "sv";
    case "scale":
      return "lw";
    case "add":
      return "add.vv";
    case "sub":
      return "sub.vv";
    case "mul":
      return "mul.vv";
    case "negate":
    case "complement":
      return "sub.xv";
    case "product":
      return packing === "t4" ? "tmatmul.t4" : "tmatmul.t5";
    case "sig":
    case "silu":
    case "norm":
    case "quant":
    case "argmax":
      return node.op;
  }
}

/** Bytes that a node moves between DRAM and the machine. */
export function trafficOf(node: Node, program: Program, bytesOfRows: BytesOfRows): number {
  switch (node.op) {
    case "embed":
      return (node.length * storageOf(program, node.table).bits) / 8;
    case "constant":
      return (node.length * storageOf(program, node.tensor).bits) / 8;
    case "load":
    case "store":
      return node.length * 4;
    case "scale":
      return 4;
    case "product": {
      const matrix = program.tensors.get(node.matrix);
      return matrix?.kind === "matrix" ? bytesOfRows(node.length, matrix.columns) : 0;
    }
    default:
      return 0;
  }
}

/** Size of a packed matrix. */
export type BytesOfRows = (rows: number, columns: number) => number;
