import type { Graph, Node, NodeId } from "../ir/types.js";

/** A node that only brings something from DRAM: it depends on no other node. */
export function isFetch(node: Node): boolean {
  return node.op === "constant" || node.op === "load" || node.op === "embed" || node.op === "scale";
}

/**
 * For each node, the nodes that must be issued before it: its arguments, and what memory order asks
 * for (a tensor is stored after it was loaded, and in order; argmax sees blocks in order).
 */
export function predecessors(graph: Graph): readonly (readonly NodeId[])[] {
  const touched = new Map<string, NodeId[]>();
  const before = (key: string, id: NodeId): NodeId[] => {
    const earlier = touched.get(key) ?? [];
    touched.set(key, [...earlier, id]);
    return earlier;
  };
  return graph.nodes.map((node) => {
    if (node.op === "store") return [...node.args, ...before(`memory ${node.tensor}`, node.id)];
    if (node.op === "load") {
      const earlier = before(`memory ${node.tensor}`, node.id);
      return earlier.filter((id) => graph.nodes[id]!.op === "store");
    }
    if (node.op === "argmax") return [...node.args, ...before("argmax", node.id)];
    return node.args;
  });
}

/** For each node, the clocks from its start to the end of the longest chain that hangs on it. */
export function criticalPaths(
  graph: Graph,
  predecessorsOf: readonly (readonly NodeId[])[],
  clocks: (node: Node) => number,
): readonly number[] {
  const tail = graph.nodes.map(() => 0);
  const path = graph.nodes.map(() => 0);
  for (const node of graph.nodes.toReversed()) {
    path[node.id] = clocks(node) + tail[node.id]!;
    for (const id of predecessorsOf[node.id]!) tail[id] = Math.max(tail[id]!, path[node.id]!);
  }
  return path;
}
