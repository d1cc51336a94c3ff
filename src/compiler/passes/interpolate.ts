import type { GraphBuilder } from "../ir/builder.js";
import { mapGraphs, rewrite } from "../ir/rewrite.js";
import type { Node, NodeId, Program } from "../ir/types.js";

/** The other factor of a product of two values, if `id` is one that has `factor` in it. */
function cofactor(out: GraphBuilder, id: NodeId, factor: (id: NodeId) => boolean) {
  const node = out.node(id);
  if (node.op !== "mul") return undefined;
  const [a, b] = [node.args[0]!, node.args[1]!];
  if (factor(a)) return { factor: a, other: b };
  if (factor(b)) return { factor: b, other: a };
  return undefined;
}

/**
 * f * h + (1 - f) * c becomes h + (1 - f) * (c - h): one multiplication and one rounding less, and
 * f itself is no longer needed.
 */
export function interpolate(program: Program): Program {
  const visit = (node: Node, out: GraphBuilder): NodeId | undefined => {
    if (node.op !== "add") return undefined;
    const [left, right] = [node.args[0]!, node.args[1]!];
    for (const [kept, taken] of [
      [left, right],
      [right, left],
    ] as const) {
      const rest = cofactor(out, taken, (id) => out.node(id).op === "complement");
      if (!rest) continue;
      const f = out.node(rest.factor).args[0]!;
      const old = cofactor(out, kept, (id) => id === f);
      if (!old) continue;
      const { kind, length, scope } = node;
      const common = { kind, length, scope };
      const c = rest.other;
      const difference = out.append({ op: "sub", args: [c, old.other], hint: "c_h", ...common });
      const step = out.append({
        op: "mul",
        args: [rest.factor, difference],
        hint: "h_step",
        ...common,
      });
      return out.append({ ...node, op: "add", args: [old.other, step] });
    }
    return undefined;
  };
  return mapGraphs(program, (graph) => rewrite(graph, visit));
}
