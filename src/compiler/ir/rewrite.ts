import { GraphBuilder } from "./builder.js";
import type { Graph, Node, NodeId, Program } from "./types.js";

/**
 * Builds a graph anew, node by node.
 * @param visit gets each node with its arguments already renamed; returns the node to use in its
 *   place, or undefined to keep it
 */
export function rewrite(
  graph: Graph,
  visit: (node: Node, out: GraphBuilder) => NodeId | undefined,
): Graph {
  const out = new GraphBuilder();
  const renamed: NodeId[] = [];
  for (const node of graph.nodes) {
    const args = node.args.map((id) => renamed[id]!);
    const moved: Node = { ...node, args };
    renamed[node.id] = visit(moved, out) ?? out.append(moved);
  }
  for (const [name, id] of graph.outputs) out.output(name, renamed[id]!);
  return out.graph();
}

/** The same program with every region's graph replaced. */
export function mapGraphs(program: Program, change: (graph: Graph) => Graph): Program {
  return {
    ...program,
    regions: program.regions.map((region) => ({ ...region, graph: change(region.graph) })),
  };
}

/** How often each node is used, outputs included. */
export function useCounts(graph: Graph): readonly number[] {
  const counts = graph.nodes.map(() => 0);
  for (const node of graph.nodes) for (const id of node.args) counts[id]!++;
  for (const id of graph.outputs.values()) counts[id]!++;
  return counts;
}
