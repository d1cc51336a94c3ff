import type { GraphBuilder } from "../ir/builder.js";
import { mapGraphs, rewrite } from "../ir/rewrite.js";
import type { ConstantTensor, Node, NodeId, Program, Tensor } from "../ir/types.js";

function isAll(tensor: ConstantTensor | undefined, value: number): boolean {
  return (
    !!tensor && tensor.values.every((layer) => layer.every((x) => x * tensor.factor === value))
  );
}

/**
 * Computes 1 - c at compile time where c is a constant, and drops `c + y` and `c * y` where every
 * element of c, in every layer, is the operation's neutral element.
 */
export function foldConstants(program: Program): Program {
  const tensors = new Map<string, Tensor>(program.tensors);

  const constantOf = (out: GraphBuilder, id: NodeId): ConstantTensor | undefined => {
    const node = out.node(id);
    const tensor = node.op === "constant" ? tensors.get(node.tensor) : undefined;
    return tensor?.kind === "constant" ? tensor : undefined;
  };

  const complement = (node: Node, tensor: ConstantTensor, out: GraphBuilder): NodeId => {
    const name = `${tensor.name}.complement`;
    const values = tensor.values.map((layer) => layer.map((x) => 1 - x * tensor.factor));
    tensors.set(name, { ...tensor, name, values, factor: 1 });
    return out.append({ ...node, op: "constant", tensor: name, args: [] });
  };

  const visit = (node: Node, out: GraphBuilder): NodeId | undefined => {
    if (node.op === "complement") {
      const tensor = constantOf(out, node.args[0]!);
      return tensor && complement(node, tensor, out);
    }
    if (node.op === "add" || node.op === "mul") {
      const neutral = node.op === "add" ? 0 : 1;
      const [a, b] = [node.args[0]!, node.args[1]!];
      if (isAll(constantOf(out, a), neutral)) return b;
      if (isAll(constantOf(out, b), neutral)) return a;
    }
    return undefined;
  };

  const folded = mapGraphs(program, (graph) => rewrite(graph, visit));
  return { ...folded, tensors };
}
