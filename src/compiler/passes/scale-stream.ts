import { mapGraphs, rewrite } from "../ir/rewrite.js";
import type { Graph, Node, NodeId, Program, Tensor } from "../ir/types.js";

/** Nodes whose value is the residual stream, or a term that is added to it. */
function streamNodes(graph: Graph): ReadonlySet<NodeId> {
  const stream = new Set<NodeId>();
  const isStream = (node: Node): boolean =>
    node.op === "embed" || (node.op === "input" && node.kind === "vector") || stream.has(node.id);
  for (const node of graph.nodes)
    if (isStream(node) || (node.op === "add" && node.args.some((id) => stream.has(id))))
      stream.add(node.id);
  for (const node of graph.nodes.toReversed())
    if (node.op === "add" && stream.has(node.id)) for (const id of node.args) stream.add(id);
  return stream;
}

/**
 * Keeps the residual stream times `factor`, a power of two: more range below 1, more precision
 * above. It costs nothing: embeddings and scales of what is added to the stream are multiplied when
 * they are stored, and only normalisations read the stream, with eps times factor squared.
 */
export function scaleStream(program: Program, factor: number): Program {
  if (factor === 1) return program;
  const tensors = new Map<string, Tensor>();
  for (const [name, tensor] of program.tensors)
    tensors.set(
      name,
      tensor.kind === "table" ? { ...tensor, factor: tensor.factor * factor } : tensor,
    );
  const scaled = mapGraphs(program, (graph) => {
    const stream = streamNodes(graph);
    return rewrite(graph, (node, out) => {
      const reads = graph.nodes[node.id]!.args.some((id) => stream.has(id));
      if (node.op === "norm" && reads) return out.append({ ...node, eps: node.eps * factor ** 2 });
      if (node.op !== "product" || !stream.has(node.id)) return undefined;
      const scale = out.node(node.args[1]!);
      if (scale.op !== "scale") throw new Error(`${node.hint}: its scale is not a constant`);
      const own = out.append({ ...scale, factor: scale.factor * factor });
      return out.append({ ...node, args: [node.args[0]!, own] });
    });
  });
  return { ...scaled, tensors };
}
