import { ELEMENT_MAX, toReal } from "../../numerics/fixed.js";
import { rewrite } from "../ir/rewrite.js";
import type { ConstantTensor, Graph, Node, NodeId, Program, Region, Tensor } from "../ir/types.js";
import { LARGEST_EPS } from "../limits.js";

const LARGEST = toReal(ELEMENT_MAX);

/** A normalised vector times a constant, and what undoes a factor on the constant. */
interface Widened {
  readonly tensor: string;
  readonly factor: number;
  /** Normalisations of the product: their eps takes the factor squared. */
  readonly norms: readonly NodeId[];
  /** Quantisations of the product: the scales of what multiplies them are divided by the factor. */
  readonly quants: readonly NodeId[];
}

/**
 * The power of two that the products of a normalised vector and a constant have room for. An element
 * of a normalised vector of n elements is at most sqrt(n), so nothing can be limited for it.
 */
function roomFor({ values, length }: ConstantTensor): number {
  let magnitude = 0;
  for (const layer of values)
    for (const value of layer) magnitude = Math.max(magnitude, Math.abs(value));
  const bound = magnitude * Math.sqrt(length);
  return bound > 0 ? 2 ** Math.max(0, Math.floor(Math.log2(LARGEST / bound))) : 1;
}

function findWidened(
  graph: Graph,
  tensors: ReadonlyMap<string, Tensor>,
  uses: ReadonlyMap<string, number>,
): Widened[] {
  const users: Node[][] = graph.nodes.map(() => []);
  for (const node of graph.nodes) for (const id of node.args) users[id]!.push(node);
  const outputs = new Set(graph.outputs.values());
  const found: Widened[] = [];
  for (const node of graph.nodes) {
    if (node.op !== "mul" || outputs.has(node.id)) continue;
    const args = node.args.map((id) => graph.nodes[id]!);
    const constant = args.find((arg) => arg.op === "constant");
    if (constant?.op !== "constant" || !args.some((arg) => arg.op === "norm")) continue;
    const tensor = tensors.get(constant.tensor);
    if (tensor?.kind !== "constant" || uses.get(constant.tensor) !== 1) continue;
    const readers = users[node.id]!;
    if (!readers.every(({ op }) => op === "norm" || op === "quant")) continue;
    const ids = (op: string) => readers.filter((reader) => reader.op === op).map(({ id }) => id);
    let factor = roomFor(tensor);
    for (const reader of readers)
      while (reader.op === "norm" && factor > 1 && reader.eps * factor ** 2 > LARGEST_EPS)
        factor /= 2;
    if (factor > 1)
      found.push({ tensor: constant.tensor, factor, norms: ids("norm"), quants: ids("quant") });
  }
  return found;
}

/** Names under which activations are handed on with a factor that is to be undone. */
function handedOn(regions: readonly Region[], widened: readonly Widened[][]): Map<string, number> {
  const factors = new Map<string, number>();
  regions.forEach(({ graph }, i) => {
    for (const [name, id] of graph.outputs) {
      const found = widened[i]!.find(({ quants }) => quants.includes(id));
      if (found) factors.set(name, found.factor);
    }
  });
  return factors;
}

/**
 * Multiplies norm weights by powers of two, so that the products use the range of an element and lose
 * less to rounding. What reads such a product does not notice: a normalisation gets its eps times the
 * factor squared, and after a quantisation the matrix's scale is divided by the factor.
 */
export function useRange(program: Program): Program {
  const uses = new Map<string, number>();
  for (const { graph } of program.regions)
    for (const node of graph.nodes)
      if (node.op === "constant") uses.set(node.tensor, (uses.get(node.tensor) ?? 0) + 1);

  const widened = program.regions.map(({ graph }) => findWidened(graph, program.tensors, uses));
  const carried = handedOn(program.regions, widened);
  const tensors = new Map<string, Tensor>(program.tensors);
  for (const { tensor, factor } of widened.flat()) {
    const constant = tensors.get(tensor) as ConstantTensor;
    tensors.set(tensor, { ...constant, factor: constant.factor * factor });
  }

  const regions = program.regions.map((region, i) => {
    const { graph } = region;
    const found = widened[i]!;
    /** The factor that a node's result still has to lose. */
    const owed = (id: NodeId): number => {
      const node = graph.nodes[id]!;
      if (node.op === "input") return carried.get(node.name) ?? 1;
      return found.find(({ quants }) => quants.includes(id))?.factor ?? 1;
    };
    const rewritten = rewrite(graph, (node, out) => {
      if (node.op === "norm") {
        const factor = found.find(({ norms }) => norms.includes(node.id))?.factor ?? 1;
        return out.append({ ...node, eps: node.eps * factor ** 2 });
      }
      if (node.op !== "product") return undefined;
      const factor = owed(graph.nodes[node.id]!.args[0]!);
      const scale = out.node(node.args[1]!);
      if (factor === 1 || scale.op !== "scale") return undefined;
      const own = out.append({ ...scale, factor: scale.factor / factor });
      return out.append({ ...node, args: [node.args[0]!, own] });
    });
    return { ...region, graph: rewritten };
  });
  return { ...program, tensors, regions };
}
