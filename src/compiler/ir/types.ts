/**
 * The intermediate representation: what one token step computes, as graphs of vector operations in
 * single-assignment form. A program is a list of regions that run one after the other; a region is
 * one graph that runs `trips` times, with base addresses that advance.
 */

/** A node's index in its graph. Arguments come before their users. */
export type NodeId = number;

/** What a node's result is held in: a v, q or x register, or nothing. */
export type ValueKind = "vector" | "activations" | "scalar" | "none";

export type Operation =
  /** A value that an earlier region, or the previous trip, left under this name. */
  | { readonly op: "input"; readonly name: string }
  /** The row of a table that belongs to the token of this step. */
  | { readonly op: "embed"; readonly table: string }
  /** A vector that is known when the program is compiled. */
  | { readonly op: "constant"; readonly tensor: string }
  /** A vector that the host or an earlier step left in DRAM, and its counterpart. */
  | { readonly op: "load"; readonly tensor: string }
  | { readonly op: "store"; readonly tensor: string; readonly offset: number }
  /** The scale of a ternary weight times `factor` (a power of two, or its negative). */
  | { readonly op: "scale"; readonly weight: string; readonly factor: number }
  | { readonly op: "add" | "sub" | "mul" }
  | { readonly op: "sig" | "silu" | "negate" | "complement" }
  /** Division by the root mean square; eps is a real number. */
  | { readonly op: "norm"; readonly eps: number }
  /** Quantisation to int8 by the largest magnitude. */
  | { readonly op: "quant" }
  /** Rows firstRow .. firstRow + length - 1 of a ternary matrix times int8 values times a scale. */
  | { readonly op: "product"; readonly matrix: string; readonly firstRow: number }
  /** Carry the largest element and its index; the vector's element 0 has index `first`. */
  | { readonly op: "argmax"; readonly first: number };

export type OperationName = Operation["op"];

export type Node = Operation & {
  readonly id: NodeId;
  readonly args: readonly NodeId[];
  readonly kind: ValueKind;
  /** Elements of the result; of the argument where there is no result; 1 for a scalar. */
  readonly length: number;
  /** The subgraph that it belongs to, such as `mlgru`. */
  readonly scope: string;
  /** What the value is called in the model's formulas, such as `u`; need not be unique. */
  readonly hint: string;
};

export interface Graph {
  readonly nodes: readonly Node[];
  /** Values that the region leaves to later regions and to its next trip, by name. */
  readonly outputs: ReadonlyMap<string, NodeId>;
}

export interface Region {
  readonly name: string;
  /** What it computes, in one line. */
  readonly summary: string;
  /** How often it runs in a step. */
  readonly trips: number;
  /**
   * What a trip advances over: the layers (per-layer tensors and the state), or blocks of matrix
   * rows (the matrix and the output), or nothing.
   */
  readonly advances: "layers" | "rows" | "nothing";
  /** Rows by which a trip advances, where it advances over rows. */
  readonly rowsPerTrip: number;
  readonly graph: Graph;
}

/** How a vector's elements are kept in DRAM: int32, or narrower integers to be shifted left. */
export interface Storage {
  readonly bits: 8 | 16 | 32;
  readonly shift: number;
}

/** Real values known at compile time: one vector, or one vector a layer. */
export interface ConstantTensor {
  readonly kind: "constant";
  readonly name: string;
  readonly length: number;
  readonly perLayer: boolean;
  /** One vector a layer, or a single one. */
  readonly values: readonly Float64Array[];
  /** What the values are multiplied with when they are stored: a power of two. */
  readonly factor: number;
  readonly storage: Storage;
}

/** Vectors in DRAM that outlive a step, one a layer. */
export interface StateTensor {
  readonly kind: "state";
  readonly name: string;
  readonly length: number;
  readonly layers: number;
}

/** A vector in DRAM that the host reads or writes. */
export interface PortTensor {
  readonly kind: "port";
  readonly name: string;
  readonly length: number;
}

/** A table of vectors, indexed by the token. */
export interface TableTensor {
  readonly kind: "table";
  readonly name: string;
  readonly rows: number;
  readonly length: number;
  /** Its tensor in the checkpoint. */
  readonly source: string;
  /** What its values are multiplied with: a power of two. */
  readonly factor: number;
  readonly storage: Storage;
}

/** Consecutive rows of a weight of the checkpoint, ternarised. */
export interface MatrixTensor {
  readonly kind: "matrix";
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly perLayer: boolean;
  /** The weight whose scale is its scale; with perLayer, under the layer's prefix. */
  readonly weight: string;
  /** The weight's row that is row 0. */
  readonly firstRow: number;
}

export type Tensor = ConstantTensor | StateTensor | PortTensor | TableTensor | MatrixTensor;

export interface Program {
  readonly name: string;
  readonly layers: number;
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly regions: readonly Region[];
}

/** A tensor of a kind. @throws Error when the program has none: a bug of the front end */
export function tensorOf<K extends Tensor["kind"]>(
  program: Program,
  name: string,
  kind: K,
): Extract<Tensor, { kind: K }> {
  const tensor = program.tensors.get(name);
  if (tensor?.kind !== kind) throw new Error(`the program has no ${kind} tensor "${name}"`);
  return tensor as Extract<Tensor, { kind: K }>;
}
