import { REGISTERS } from "../../isa/generated.js";
import type { Graph, Node, NodeId, ValueKind } from "../ir/types.js";
import type { Cost } from "./cost.js";
import { criticalPaths, isFetch, predecessors } from "./dependencies.js";
import { placeFetches } from "./place-fetches.js";
import { type Issued, Timeline } from "./timeline.js";

/** v registers that computed values may fill; the others are left to vectors that are fetched. */
const COMPUTED_VECTORS = REGISTERS.v.count - 2;

/** Tracks which values hold a register while nodes are chosen one by one. */
class Pressure {
  readonly #remaining: number[];
  readonly #live = new Map<ValueKind, number>();

  constructor(private readonly graph: Graph) {
    this.#remaining = graph.nodes.map(() => 0);
    for (const node of graph.nodes) for (const id of node.args) this.#remaining[id]!++;
    for (const id of graph.outputs.values()) this.#remaining[id]!++;
    for (const node of graph.nodes) if (node.op === "input") this.#add(node.kind, 1);
  }

  #add(kind: ValueKind, change: number): void {
    this.#live.set(kind, (this.#live.get(kind) ?? 0) + change);
  }

  live(kind: ValueKind): number {
    return this.#live.get(kind) ?? 0;
  }

  /** By how much the number of live values of a kind changes if `node` comes next. */
  change(node: Node, kind: ValueKind): number {
    let change = node.kind === kind ? 1 : 0;
    for (const id of new Set(node.args)) {
      const argument = this.graph.nodes[id]!;
      const uses = node.args.filter((arg) => arg === id).length;
      if (argument.kind === kind && !isFetch(argument) && this.#remaining[id] === uses) change--;
    }
    return change;
  }

  take(node: Node): void {
    for (const kind of ["vector", "activations"] as const) this.#add(kind, this.change(node, kind));
    for (const id of node.args) this.#remaining[id]!--;
  }
}

/** What a node holds while it runs: its operands and its result. */
function issued(node: Node, cost: (node: Node) => Cost): Issued<NodeId> {
  return { cost: cost(node), holds: [...node.args, node.id] };
}

/**
 * Orders what computes: always the node that can start first, and of several the one with the
 * longest chain behind it; when registers run out, the one that frees most.
 * @returns the order, and when each node would start if nothing had to be fetched
 */
function orderComputation(graph: Graph, cost: (node: Node) => Cost) {
  const before = predecessors(graph);
  const path = criticalPaths(graph, before, (node) => cost(node).clocks);
  const pressure = new Pressure(graph);
  const timeline = new Timeline<NodeId>();
  const order: NodeId[] = [];
  const starts: number[] = [];
  const done = graph.nodes.map((node) => node.op === "input" || isFetch(node));
  const waiting = new Set(graph.nodes.filter((node) => !done[node.id]));

  const choose = (): Node => {
    const ready = [...waiting].filter((node) => before[node.id]!.every((id) => done[id]));
    const fits = ready.filter(
      (node) =>
        pressure.live("activations") + pressure.change(node, "activations") <= REGISTERS.q.count,
    );
    const tight = pressure.live("vector") >= COMPUTED_VECTORS;
    let best = fits[0];
    if (!best) throw new Error("more activation vectors are needed at once than q registers exist");
    const rank = (node: Node): readonly number[] => [
      tight ? pressure.change(node, "vector") : 0,
      timeline.startOf(issued(node, cost)),
      -path[node.id]!,
    ];
    for (const node of fits.slice(1)) if (isBefore(rank(node), rank(best))) best = node;
    return best;
  };

  while (waiting.size > 0) {
    const node = choose();
    starts.push(timeline.issue(issued(node, cost)));
    order.push(node.id);
    pressure.take(node);
    done[node.id] = true;
    waiting.delete(node);
  }
  return { order, starts };
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! < b[i]!;
  return false;
}

/**
 * An order of a graph's nodes (inputs left out) in which units overlap: computation by list
 * scheduling, then each fetch as late as hides its latency and no earlier.
 */
export function schedule(graph: Graph, cost: (node: Node) => Cost): readonly NodeId[] {
  const { order, starts } = orderComputation(graph, cost);
  return placeFetches(graph, order, starts, cost);
}

/** The order in which the graph was written, each fetch right before its first user. */
export function writtenOrder(graph: Graph): readonly NodeId[] {
  const order: NodeId[] = [];
  const placed = new Set<NodeId>();
  const place = (id: NodeId) => {
    if (!placed.has(id)) order.push(id);
    placed.add(id);
  };
  for (const node of graph.nodes) {
    if (node.op === "input" || isFetch(node)) continue;
    for (const id of node.args) if (isFetch(graph.nodes[id]!)) place(id);
    place(node.id);
  }
  for (const id of graph.outputs.values()) if (isFetch(graph.nodes[id]!)) place(id);
  return order;
}
