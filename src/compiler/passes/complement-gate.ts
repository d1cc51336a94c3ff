import type { GraphBuilder } from "../ir/builder.js";
import { mapGraphs, rewrite } from "../ir/rewrite.js";
import type { Node, NodeId, Program } from "../ir/types.js";

/** b and s, if `id` is b + (1 - b) * s. */
function raised(out: GraphBuilder, id: NodeId) {
  const sum = out.node(id);
  if (sum.op !== "add") return undefined;
  const [bound, part] = [sum.args[0]!, sum.args[1]!];
  const product = out.node(part);
  if (product.op !== "mul") return undefined;
  const [room, value] = [product.args[0]!, product.args[1]!];
  const complement = out.node(room);
  if (complement.op !== "complement" || complement.args[0] !== bound) return undefined;
  return { room, value };
}

/**
 * 1 - sig(z) becomes sig(-z), and 1 - (b + (1 - b) * s) becomes (1 - b) * (1 - s): the forget gate's
 * complement without its rounding error near 1, where long memories live.
 */
export function complementGate(program: Program): Program {
  const complementOf = (node: Node, id: NodeId, out: GraphBuilder): NodeId | undefined => {
    const value = out.node(id);
    if (value.op === "sig") {
      const negated = out.append({
        ...value,
        op: "negate",
        hint: `${out.node(value.args[0]!).hint}_neg`,
      });
      return out.append({ ...node, op: "sig", args: [negated] });
    }
    const bounded = raised(out, id);
    if (!bounded) return undefined;
    const rest =
      complementOf({ ...node, hint: `${node.hint}_part` }, bounded.value, out) ??
      out.append({ ...node, op: "complement", args: [bounded.value] });
    return out.append({ ...node, op: "mul", args: [bounded.room, rest] });
  };
  return mapGraphs(program, (graph) =>
    rewrite(graph, (node, out) =>
      node.op === "complement" ? complementOf(node, node.args[0]!, out) : undefined,
    ),
  );
}
