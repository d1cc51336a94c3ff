import { mapGraphs, rewrite, useCounts } from "../ir/rewrite.js";
import type { Program } from "../ir/types.js";

/** -(T q * s) becomes T q * (-s): a scale may be negative, so the negation costs nothing. */
export function negateScale(program: Program): Program {
  return mapGraphs(program, (graph) => {
    const uses = useCounts(graph);
    return rewrite(graph, (node, out) => {
      if (node.op !== "negate") return undefined;
      const original = graph.nodes[graph.nodes[node.id]!.args[0]!]!;
      const product = out.node(node.args[0]!);
      // A product that is needed as it is too would have to run twice.
      if (product.op !== "product" || uses[original.id] !== 1) return undefined;
      const scale = out.node(product.args[1]!);
      if (scale.op !== "scale") return undefined;
      const negative = out.append({ ...scale, factor: -scale.factor, hint: `${scale.hint}_neg` });
      return out.append({ ...product, args: [product.args[0]!, negative], hint: node.hint });
    });
  });
}
