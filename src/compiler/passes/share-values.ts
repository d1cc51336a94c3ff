import { isPure } from "../ir/builder.js";
import { mapGraphs, rewrite } from "../ir/rewrite.js";
import type { Node, NodeId, Program } from "../ir/types.js";

function identity(node: Node): string {
  const { id: _id, hint: _hint, scope: _scope, ...rest } = node;
  return JSON.stringify(rest, Object.keys(rest).sort());
}

/** Computes once what several nodes compute alike (common subexpressions). */
export function shareValues(program: Program): Program {
  return mapGraphs(program, (graph) => {
    const known = new Map<string, NodeId>();
    return rewrite(graph, (node, out) => {
      if (!isPure(node)) return undefined;
      const key = identity(node);
      const same = known.get(key);
      if (same !== undefined) return same;
      const id = out.append(node);
      known.set(key, id);
      return id;
    });
  });
}
