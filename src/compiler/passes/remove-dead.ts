import { GraphBuilder, hasEffect } from "../ir/builder.js";
import { mapGraphs } from "../ir/rewrite.js";
import type { Graph, NodeId, Program, Tensor } from "../ir/types.js";

function liveNodes(graph: Graph): boolean[] {
  const live = graph.nodes.map(hasEffect);
  for (const id of graph.outputs.values()) live[id] = true;
  for (const node of graph.nodes.toReversed())
    if (live[node.id]) for (const id of node.args) live[id] = true;
  return live;
}

function sweep(graph: Graph): Graph {
  const live = liveNodes(graph);
  const out = new GraphBuilder();
  const renamed: NodeId[] = [];
  for (const node of graph.nodes)
    if (live[node.id])
      renamed[node.id] = out.append({ ...node, args: node.args.map((id) => renamed[id]!) });
  for (const [name, id] of graph.outputs) out.output(name, renamed[id]!);
  return out.graph();
}

/** Removes values that nothing uses, then constants that no region reads. */
export function removeDead(program: Program): Program {
  const swept = mapGraphs(program, sweep);
  const read = new Set<string>();
  for (const { graph } of swept.regions)
    for (const node of graph.nodes) if (node.op === "constant") read.add(node.tensor);
  const tensors = new Map<string, Tensor>();
  for (const [name, tensor] of swept.tensors)
    if (tensor.kind !== "constant" || read.has(name)) tensors.set(name, tensor);
  return { ...swept, tensors };
}
