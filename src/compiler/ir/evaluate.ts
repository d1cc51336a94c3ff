import type { Graph, Node, Program, Region } from "./types.js";
import { tensorOf } from "./types.js";

/** A ternary weight: trits row-major, and the number that the matrix is to be multiplied with. */
export interface TernaryWeight {
  readonly trits: Int8Array;
  readonly columns: number;
  readonly scale: number;
}

/** What a program's names stand for, and the memory that its steps share. */
export interface Environment {
  /** A weight by its name; layer is undefined for one that no layer owns. */
  weight(name: string, layer: number | undefined): TernaryWeight;
  /** The token's row of a table. */
  embedding(table: string, token: number): Float64Array;
  /** By tensor name, then layer (0 for a port). */
  readonly memory: Map<string, Float64Array[]>;
}

type Value = Float64Array | { readonly q: Int32Array; readonly absmax: number } | number;

export interface StepResult {
  /** Index of the largest element that argmax saw, or -1. */
  readonly best: number;
  /** What the regions left under each name. */
  readonly values: ReadonlyMap<string, Value>;
}

function normalise(x: Float64Array, eps: number): Float64Array {
  let sum = 0;
  for (const value of x) sum += value * value;
  const root = Math.sqrt(sum / x.length + eps);
  return x.map((value) => value / root);
}

function quantise(x: Float64Array): { q: Int32Array; absmax: number } {
  let absmax = 1e-5;
  for (const value of x) absmax = Math.max(absmax, Math.abs(value));
  return { q: Int32Array.from(x, (value) => Math.round((value * 127) / absmax)), absmax };
}

const UNARY = {
  sig: (x: number) => 1 / (1 + Math.exp(-x)),
  silu: (x: number) => x / (1 + Math.exp(-x)),
  negate: (x: number) => -x,
  complement: (x: number) => 1 - x,
};
const BINARY = {
  add: (a: number, b: number) => a + b,
  sub: (a: number, b: number) => a - b,
  mul: (a: number, b: number) => a * b,
};

/**
 * Runs one token step in double precision: what the program means, with no machine in between.
 * Passes are tested by comparing a program's results before and after.
 */
export function evaluateStep(
  program: Program,
  token: number,
  environment: Environment,
): StepResult {
  const carried = new Map<string, Value>();
  let best = -1;
  let largest = Number.NEGATIVE_INFINITY;

  const memory = (name: string, layer: number, length: number): Float64Array => {
    const rows = environment.memory.get(name) ?? [];
    environment.memory.set(name, rows);
    rows[layer] ??= new Float64Array(length);
    return rows[layer];
  };

  const evaluate = (node: Node, values: Value[], region: Region, trip: number): Value => {
    const layer = region.advances === "layers" ? trip : undefined;
    const row = region.advances === "rows" ? trip * region.rowsPerTrip : 0;
    const vector = (i: number) => values[node.args[i]!] as Float64Array;
    switch (node.op) {
      case "input": {
        const value = carried.get(node.name);
        if (value === undefined) throw new Error(`nothing left a value "${node.name}"`);
        return value;
      }
      case "embed":
        return environment
          .embedding(node.table, token)
          .map((x) => x * tensorOf(program, node.table, "table").factor);
      case "constant": {
        const tensor = tensorOf(program, node.tensor, "constant");
        return tensor.values[tensor.perLayer ? layer! : 0]!;
      }
      case "load":
        return Float64Array.from(memory(node.tensor, layer ?? 0, node.length));
      case "store": {
        const tensor = program.tensors.get(node.tensor);
        const length = tensor && "length" in tensor ? tensor.length : node.length;
        memory(node.tensor, layer ?? 0, length).set(vector(0), row + node.offset);
        return 0;
      }
      case "scale":
        return environment.weight(node.weight, layer).scale * node.factor;
      case "add":
      case "sub":
      case "mul": {
        const b = vector(1);
        return vector(0).map((x, k) => BINARY[node.op](x, b[k]!));
      }
      case "sig":
      case "silu":
      case "negate":
      case "complement":
        return vector(0).map(UNARY[node.op]);
      case "norm":
        return normalise(vector(0), node.eps);
      case "quant":
        return quantise(vector(0));
      case "product": {
        const matrix = tensorOf(program, node.matrix, "matrix");
        const { trits, columns } = environment.weight(
          matrix.weight,
          matrix.perLayer ? layer : undefined,
        );
        const { q, absmax } = values[node.args[0]!] as { q: Int32Array; absmax: number };
        const factor = ((values[node.args[1]!] as number) * absmax) / 127;
        const first = matrix.firstRow + node.firstRow + row;
        return Float64Array.from({ length: node.length }, (_, i) => {
          let sum = 0;
          for (let k = 0; k < columns; k++) sum += trits[(first + i) * columns + k]! * q[k]!;
          return sum * factor;
        });
      }
      case "argmax":
        vector(0).forEach((value, k) => {
          if (value > largest) [best, largest] = [row + node.first + k, value];
        });
        return 0;
    }
  };

  const run = (graph: Graph, region: Region, trip: number) => {
    const values: Value[] = [];
    for (const node of graph.nodes) values.push(evaluate(node, values, region, trip));
    for (const [name, id] of graph.outputs) carried.set(name, values[id]!);
  };

  for (const region of program.regions)
    for (let trip = 0; trip < region.trips; trip++) run(region.graph, region, trip);
  return { best, values: carried };
}
