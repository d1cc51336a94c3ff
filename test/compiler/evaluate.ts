import { type Node, type Program, type Region, tensorOf } from "../../src/compiler/ir/types.js";
import type { Arithmetic, Quantised } from "./arithmetic.js";

/** A ternary weight: trits row-major, and the number that the matrix is to be multiplied with. */
export interface TernaryWeight {
  readonly trits: Int8Array;
  readonly columns: number;
  readonly scale: number;
}

/** What a program's names stand for. */
export interface Weights {
  /** A weight by its name in the program; layer is undefined for one that no layer owns. */
  ternary(name: string, layer: number | undefined): TernaryWeight;
  /** Rows of a table, row-major. */
  table(source: string): Float32Array;
}

type Value = Float64Array | Quantised | number;

/** Runs a program of the intermediate representation step by step, with no machine in between. */
export class Evaluator {
  /** Vectors in memory by tensor name, then layer (0 for a port). */
  readonly memory = new Map<string, Float64Array[]>();
  #carried = new Map<string, Value>();
  #best = -1;
  #largest = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly program: Program,
    private readonly weights: Weights,
    private readonly arithmetic: Arithmetic,
  ) {}

  /** @returns the index of the largest element that argmax saw, or -1 */
  step(token = 0): number {
    this.#carried = new Map();
    [this.#best, this.#largest] = [-1, Number.NEGATIVE_INFINITY];
    for (const region of this.program.regions)
      for (let trip = 0; trip < region.trips; trip++) this.#run(region, trip, token);
    return this.#best;
  }

  /** A tensor in memory; zeros until it is stored to. */
  vector(name: string, layer = 0): Float64Array {
    const tensor = this.program.tensors.get(name);
    if (tensor?.kind !== "state" && tensor?.kind !== "port")
      throw new Error(`${name} is not in memory`);
    const rows = this.memory.get(name) ?? [];
    this.memory.set(name, rows);
    rows[layer] ??= new Float64Array(tensor.length);
    return rows[layer];
  }

  #run(region: Region, trip: number, token: number): void {
    const values: Value[] = [];
    for (const node of region.graph.nodes)
      values.push(this.#evaluate(node, values, region, trip, token));
    for (const [name, id] of region.graph.outputs) this.#carried.set(name, values[id]!);
  }

  #evaluate(node: Node, values: Value[], region: Region, trip: number, token: number): Value {
    const { arithmetic, program } = this;
    const layer = region.advances === "layers" ? trip : undefined;
    const row = region.advances === "rows" ? trip * region.rowsPerTrip : 0;
    const vector = (i: number) => values[node.args[i]!] as Float64Array;
    switch (node.op) {
      case "input": {
        const value = this.#carried.get(node.name);
        if (value === undefined) throw new Error(`nothing left a value "${node.name}"`);
        return value;
      }
      case "embed": {
        const { source, length, factor, storage } = tensorOf(program, node.table, "table");
        const all = this.weights.table(source);
        const values = Float64Array.from(all.subarray(token * length, (token + 1) * length));
        return arithmetic.constant(
          values.map((x) => x * factor),
          storage,
        );
      }
      case "constant": {
        const tensor = tensorOf(program, node.tensor, "constant");
        const values = tensor.values[tensor.perLayer ? layer! : 0]!;
        return arithmetic.constant(
          values.map((x) => x * tensor.factor),
          tensor.storage,
        );
      }
      case "load":
        return Float64Array.from(this.vector(node.tensor, layer));
      case "store":
        this.vector(node.tensor, layer).set(vector(0), row + node.offset);
        return 0;
      case "scale":
        return Math.fround(this.weights.ternary(node.weight, layer).scale * node.factor);
      case "add":
      case "sub":
      case "mul": {
        const b = vector(1);
        return vector(0).map((x, k) => arithmetic.binary[node.op](x, b[k]!));
      }
      case "sig":
      case "silu":
      case "negate":
      case "complement":
        return vector(0).map((x) => arithmetic.unary[node.op](x));
      case "norm":
        return arithmetic.norm(vector(0), node.eps);
      case "quant":
        return arithmetic.quant(vector(0));
      case "product":
        return this.#product(node, values, layer, row);
      case "argmax":
        vector(0).forEach((value, k) => {
          if (value > this.#largest) [this.#best, this.#largest] = [row + node.first + k, value];
        });
        return 0;
    }
  }

  #product(
    node: Extract<Node, { op: "product" }>,
    values: Value[],
    layer: number | undefined,
    row: number,
  ): Float64Array {
    const matrix = tensorOf(this.program, node.matrix, "matrix");
    const { trits, columns } = this.weights.ternary(
      matrix.weight,
      matrix.perLayer ? layer : undefined,
    );
    const { q, absmax } = values[node.args[0]!] as Quantised;
    const scale = values[node.args[1]!] as number;
    const first = matrix.firstRow + node.firstRow + row;
    return Float64Array.from({ length: node.length }, (_, i) => {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += trits[(first + i) * columns + k]! * q[k]!;
      return this.arithmetic.rescale(sum, absmax, scale);
    });
  }
}
