import type { Graph, Node, NodeId, Operation, ValueKind } from "./types.js";

/** Distributes over the union, so that each operation keeps its own fields. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type NodeDraft = Without<Node, "id">;

/** Makes a graph node by node. Vector lengths are checked where operands meet. */
export class GraphBuilder {
  readonly nodes: Node[] = [];
  readonly outputs = new Map<string, NodeId>();
  #scope = "";

  /** Run `body` with its nodes attributed to a subgraph. */
  within<T>(scope: string, body: () => T): T {
    const outer = this.#scope;
    this.#scope = outer ? `${outer}.${scope}` : scope;
    try {
      return body();
    } finally {
      this.#scope = outer;
    }
  }

  /** Append a node as it is, but for its id. */
  append(draft: NodeDraft): NodeId {
    const id = this.nodes.length;
    this.nodes.push({ ...draft, id } as Node);
    return id;
  }

  node(id: NodeId): Node {
    const node = this.nodes[id];
    if (!node) throw new Error(`the graph has no node ${id}`);
    return node;
  }

  #make(
    operation: Operation,
    kind: ValueKind,
    length: number,
    args: readonly NodeId[],
    hint: string,
  ): NodeId {
    return this.append({ ...operation, args, kind, length, scope: this.#scope, hint });
  }

  input(name: string, kind: "vector" | "activations", length: number): NodeId {
    return this.#make({ op: "input", name }, kind, length, [], name);
  }

  embed(table: string, length: number, hint: string): NodeId {
    return this.#make({ op: "embed", table }, "vector", length, [], hint);
  }

  constant(tensor: string, length: number, hint: string): NodeId {
    return this.#make({ op: "constant", tensor }, "vector", length, [], hint);
  }

  load(tensor: string, length: number, hint: string): NodeId {
    return this.#make({ op: "load", tensor }, "vector", length, [], hint);
  }

  /** @param offset the tensor's element that element 0 goes to */
  store(tensor: string, value: NodeId, offset = 0): NodeId {
    const { length } = this.node(value);
    return this.#make({ op: "store", tensor, offset }, "none", length, [value], "");
  }

  binary(op: "add" | "sub" | "mul", a: NodeId, b: NodeId, hint: string): NodeId {
    const [left, right] = [this.node(a), this.node(b)];
    if (left.length !== right.length)
      throw new Error(`${op} of ${left.length} and ${right.length} elements`);
    return this.#make({ op }, "vector", left.length, [a, b], hint);
  }

  unary(op: "sig" | "silu" | "negate" | "complement", a: NodeId, hint: string): NodeId {
    return this.#make({ op }, "vector", this.node(a).length, [a], hint);
  }

  norm(a: NodeId, eps: number, hint: string): NodeId {
    return this.#make({ op: "norm", eps }, "vector", this.node(a).length, [a], hint);
  }

  quant(a: NodeId, hint: string): NodeId {
    return this.#make({ op: "quant" }, "activations", this.node(a).length, [a], hint);
  }

  scale(weight: string, hint: string, factor = 1): NodeId {
    return this.#make({ op: "scale", weight, factor }, "scalar", 1, [], hint);
  }

  /** @param rows how many rows from firstRow on */
  product(
    matrix: string,
    rows: number,
    q: NodeId,
    scale: NodeId,
    hint: string,
    firstRow = 0,
  ): NodeId {
    return this.#make({ op: "product", matrix, firstRow }, "vector", rows, [q, scale], hint);
  }

  argmax(value: NodeId, first: number): NodeId {
    const { length } = this.node(value);
    return this.#make({ op: "argmax", first }, "none", length, [value], "");
  }

  output(name: string, value: NodeId): void {
    this.outputs.set(name, value);
  }

  graph(): Graph {
    return { nodes: this.nodes, outputs: this.outputs };
  }
}

/** Whether a node does something besides making its result. */
export function hasEffect(node: Node): boolean {
  return node.op === "store" || node.op === "argmax";
}

/** Whether a node's result depends on its operation and arguments alone. */
export function isPure(node: Node): boolean {
  return !hasEffect(node) && node.op !== "load";
}
