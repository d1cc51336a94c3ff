import { REGISTERS } from "../../isa/generated.js";
import type { Graph, Node, NodeId } from "../ir/types.js";
import type { Cost } from "./cost.js";
import { isFetch } from "./dependencies.js";

/**
 * First and last position in the order of computation at which each value is used. A store counts
 * as a use of what was loaded from the same tensor.
 */
function uses(graph: Graph, order: readonly NodeId[]) {
  const first = new Map<NodeId, number>();
  const last = new Map<NodeId, number>();
  const loads = graph.nodes.filter((node) => node.op === "load");
  order.forEach((id, position) => {
    const node = graph.nodes[id]!;
    for (const arg of node.args) {
      if (!first.has(arg)) first.set(arg, position);
      last.set(arg, position);
    }
    for (const load of loads)
      if (node.op === "store" && node.tensor === load.tensor && !first.has(load.id))
        first.set(load.id, position);
  });
  for (const id of graph.outputs.values()) {
    if (!first.has(id)) first.set(id, order.length);
    last.set(id, order.length);
  }
  return { first, last };
}

/** How many v registers computed values hold while each position runs. */
function computedPressure(
  graph: Graph,
  order: readonly NodeId[],
  last: ReadonlyMap<NodeId, number>,
): number[] {
  const pressure = Array.from({ length: order.length + 1 }, () => 0);
  const occupy = (from: number, id: NodeId) => {
    for (let k = from; k <= (last.get(id) ?? from); k++) pressure[k]!++;
  };
  for (const node of graph.nodes)
    if (node.op === "input" && node.kind === "vector") occupy(0, node.id);
  order.forEach((id, position) => {
    const node = graph.nodes[id]!;
    if (node.kind !== "vector") return;
    // A result may take the register of an argument that ends here.
    const reuses = node.args.some(
      (arg) => graph.nodes[arg]!.kind === "vector" && last.get(arg) === position,
    );
    occupy(reuses ? position + 1 : position, id);
  });
  return pressure;
}

/**
 * Puts fetches into an order of computation. From the last one used to the first, each goes to the
 * latest place that hides its latency behind what runs there, then later if registers are short.
 * @param starts when each position of `order` starts
 */
export function placeFetches(
  graph: Graph,
  order: readonly NodeId[],
  starts: readonly number[],
  cost: (node: Node) => Cost,
): readonly NodeId[] {
  const { first, last } = uses(graph, order);
  const pressure = computedPressure(graph, order, last);
  const fetches = graph.nodes.filter((node) => isFetch(node) && first.has(node.id));
  fetches.sort((a, b) => first.get(b.id)! - first.get(a.id)! || b.id - a.id);

  const placed: NodeId[][] = Array.from({ length: order.length + 1 }, () => []);
  let unitTaken = Number.POSITIVE_INFINITY;
  for (const node of fetches) {
    const user = first.get(node.id)!;
    const needed = starts[user] ?? starts.at(-1) ?? 0;
    const start = Math.min(needed, unitTaken) - cost(node).clocks;
    unitTaken = start;
    let position = user;
    const fits = (at: number) => node.kind !== "vector" || pressure[at]! < REGISTERS.v.count;
    // Back over what starts later than the fetch must, as long as a register is free.
    while (position > 0 && starts[position - 1]! > start && fits(position - 1)) position--;
    placed[position]!.unshift(node.id);
    if (node.kind !== "vector") continue;
    for (let k = position; k <= (last.get(node.id) ?? user); k++) pressure[k]!++;
  }
  return order.flatMap((id, position) => [...placed[position]!, id]).concat(placed[order.length]!);
}
