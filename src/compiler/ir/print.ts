import type { Graph, Node, NodeId, Program, Region, Tensor } from "./types.js";

/** Names of a graph's values: the hint, with a number where hints repeat. */
export function valueNames(graph: Graph): readonly string[] {
  const uses = new Map<string, number>();
  for (const { hint } of graph.nodes) uses.set(hint, (uses.get(hint) ?? 0) + 1);
  const seen = new Map<string, number>();
  return graph.nodes.map(({ hint }) => {
    if (uses.get(hint) === 1) return `%${hint}`;
    const index = (seen.get(hint) ?? 0) + 1;
    seen.set(hint, index);
    return `%${hint}${/\d$/.test(hint) ? "_" : ""}${index}`;
  });
}

/** A real number as it is written in a source: 0.5, 1e-6. */
export function realText(value: number): string {
  const plain = String(value);
  const scientific = value.toExponential();
  return plain.length <= scientific.length ? plain : scientific;
}

function attributes(node: Node): string[] {
  switch (node.op) {
    case "input":
      return [node.name];
    case "embed":
      return [`${node.table}[token]`];
    case "constant":
    case "load":
      return [node.tensor];
    case "store":
      return [node.offset ? `${node.tensor}[${node.offset}]` : node.tensor];
    case "scale":
      return node.factor === 1 ? [node.weight] : [node.weight, `factor ${node.factor}`];
    case "norm":
      return [`eps ${realText(node.eps)}`];
    case "product":
      return [node.firstRow ? `${node.matrix}[${node.firstRow}]` : node.matrix];
    case "argmax":
      return [`first ${node.first}`];
    default:
      return [];
  }
}

function typeOf(node: Node): string {
  if (node.kind === "vector") return `q[${node.length}]`;
  if (node.kind === "activations") return `i8[${node.length}]`;
  return "f32";
}

/** One node as text, such as `%u = mul %n, %w : q[256]`. */
export function formatNode(node: Node, names: readonly string[]): string {
  const operands = node.args.map((id: NodeId) => names[id] ?? `%?${id}`);
  const attribute = attributes(node);
  // A memory operand reads like an address: before the value that goes there or meets it.
  const all =
    node.op === "norm" || node.op === "argmax"
      ? [...operands, ...attribute]
      : [...attribute, ...operands];
  const text = `${node.op} ${all.join(", ")}`.trimEnd();
  return node.kind === "none" ? text : `${names[node.id]} = ${text} : ${typeOf(node)}`;
}

function formatTensor(tensor: Tensor): string {
  switch (tensor.kind) {
    case "constant": {
      const { bits, shift } = tensor.storage;
      const narrow = bits === 32 ? "" : ` stored i${bits} << ${shift}`;
      const times = tensor.factor === 1 ? "" : ` times ${tensor.factor}`;
      return `constant ${tensor.name} : q[${tensor.length}]${tensor.perLayer ? " per layer" : ""}${times}${narrow}`;
    }
    case "state":
      return `state ${tensor.name} : q[${tensor.layers}, ${tensor.length}]`;
    case "port":
      return `port ${tensor.name} : q[${tensor.length}]`;
    case "table": {
      const { bits, shift } = tensor.storage;
      const narrow = bits === 32 ? "" : ` stored i${bits} << ${shift}`;
      return `table ${tensor.name} : q[${tensor.rows}, ${tensor.length}]${narrow}`;
    }
    case "matrix": {
      const rows = tensor.firstRow ? ` from row ${tensor.firstRow} of ${tensor.weight}` : "";
      return `matrix ${tensor.name} : trit[${tensor.rows}, ${tensor.columns}]${tensor.perLayer ? " per layer" : ""}${rows}`;
    }
  }
}

function formatRegion(region: Region): string[] {
  const { graph } = region;
  const names = valueNames(graph);
  const times = region.trips === 1 ? "" : ` repeat ${region.trips}`;
  const advance = region.advances === "rows" ? ` by ${region.rowsPerTrip} rows` : "";
  const over = region.advances === "nothing" ? "" : ` over ${region.advances}${advance}`;
  const lines = [`region ${region.name}${times}${over} {  # ${region.summary}`];
  let scope = "";
  for (const node of graph.nodes) {
    if (node.scope !== scope) lines.push(`  # ${node.scope || "(region)"}`);
    scope = node.scope;
    lines.push(`  ${formatNode(node, names)}`);
  }
  for (const [name, id] of graph.outputs) lines.push(`  yield ${name} = ${names[id]}`);
  lines.push("}");
  return lines;
}

/** A program as text; the same program gives the same text. */
export function formatProgram(program: Program): string {
  const lines = [`program ${JSON.stringify(program.name)}`, ""];
  for (const tensor of program.tensors.values()) lines.push(formatTensor(tensor));
  for (const region of program.regions) lines.push("", ...formatRegion(region));
  return `${lines.join("\n")}\n`;
}
