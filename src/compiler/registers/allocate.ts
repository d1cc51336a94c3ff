import { REGISTERS } from "../../isa/generated.js";
import type { Graph, Node, NodeId, ValueKind } from "../ir/types.js";
import type { CarriedRegisters, MachineCode, MachineStep } from "./machine-code.js";
import { RegisterFile } from "./register-file.js";

export interface AllocationOptions {
  /** Where values that cross regions are, at the start and at the end. */
  readonly carried: CarriedRegisters;
  /** x registers that may hold scales. */
  readonly scalars: readonly number[];
  /** v registers to use; default all. */
  readonly vectors?: number;
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/**
 * Gives every value of an ordered graph a register. A v register that is needed while none is free
 * is taken from the value whose next use is furthest: a constant is fetched again, anything else
 * waits in a spill slot.
 * @throws Error when q or x registers run out: the scheduler keeps them below their number
 */
export function allocate(
  graph: Graph,
  order: readonly NodeId[],
  options: AllocationOptions,
): MachineCode {
  return new Allocator(graph, order, options).run();
}

class Allocator {
  readonly #steps: MachineStep[] = [];
  readonly #files: Record<Exclude<ValueKind, "none">, RegisterFile>;
  /** Positions at which each value is used, ascending. */
  readonly #uses: number[][];
  readonly #preferred: Map<NodeId, number>;
  readonly #carriedVectors: ReadonlySet<number>;
  readonly #slotOf = new Map<NodeId, number>();
  readonly #slots: number[] = [];
  #freeSlots: number[] = [];

  constructor(
    private readonly graph: Graph,
    private readonly order: readonly NodeId[],
    private readonly options: AllocationOptions,
  ) {
    this.#files = {
      vector: new RegisterFile(range(options.vectors ?? REGISTERS.v.count)),
      activations: new RegisterFile(range(REGISTERS.q.count)),
      scalar: new RegisterFile(options.scalars),
    };
    this.#uses = graph.nodes.map(() => []);
    order.forEach((id, position) => {
      for (const arg of graph.nodes[id]!.args) this.#uses[arg]!.push(position);
    });
    for (const id of graph.outputs.values()) this.#uses[id]!.push(order.length);
    this.#preferred = preferences(graph, options.carried);
    this.#carriedVectors = new Set(this.#preferred.values());
  }

  run(): MachineCode {
    for (const node of this.graph.nodes)
      if (node.op === "input") this.#fileOf(node).take(node.id, this.#carriedRegister(node.name));
    this.order.forEach((id, position) => {
      this.#place(this.graph.nodes[id]!, position);
    });
    this.#settleOutputs();
    return { graph: this.graph, steps: this.#steps, slots: this.#slots };
  }

  #carriedRegister(name: string): number {
    const register = this.options.carried.get(name);
    if (register === undefined) throw new Error(`no register carries "${name}"`);
    return register;
  }

  #fileOf(node: Node): RegisterFile {
    if (node.kind === "none") throw new Error(`${node.op} has no result`);
    return this.#files[node.kind];
  }

  #nextUse(value: NodeId, from: number): number {
    return this.#uses[value]!.find((position) => position >= from) ?? Number.POSITIVE_INFINITY;
  }

  #place(node: Node, position: number): void {
    const needed = new Set(node.args);
    const sources = node.args.map((id) => this.#resident(id, position, needed));
    for (const id of needed)
      if (this.#nextUse(id, position + 1) === Number.POSITIVE_INFINITY) this.#forget(id);
    if (node.kind === "none") {
      this.#steps.push({ kind: "node", node, sources });
      return;
    }
    const destination = this.#claim(node, position, needed);
    this.#steps.push({ kind: "node", node, destination, sources });
    if (this.#uses[node.id]!.length === 0) this.#forget(node.id);
  }

  /** The register of a value that is needed now, fetched back from its slot if it was spilled. */
  #resident(id: NodeId, position: number, needed: ReadonlySet<NodeId>): number {
    const node = this.graph.nodes[id]!;
    const register = this.#fileOf(node).registerOf(id);
    if (register !== undefined) return register;
    const slot = this.#slotOf.get(id);
    const back = this.#claim(node, position, needed);
    if (slot !== undefined) this.#steps.push({ kind: "reload", node, register: back, slot });
    else this.#steps.push({ kind: "node", node, destination: back, sources: [] });
    return back;
  }

  #forget(id: NodeId): void {
    this.#fileOf(this.graph.nodes[id]!).release(id);
    const slot = this.#slotOf.get(id);
    if (slot !== undefined) this.#freeSlots.push(slot);
    this.#slotOf.delete(id);
  }

  /** A register for a value, taken from another one if need be. */
  #claim(node: Node, position: number, needed: ReadonlySet<NodeId>): number {
    const file = this.#fileOf(node);
    if (!file.hasFree) this.#evict(node, position, needed);
    const avoided = node.kind === "vector" ? this.#carriedVectors : undefined;
    return file.take(node.id, this.#preferred.get(node.id), avoided);
  }

  #evict(node: Node, position: number, needed: ReadonlySet<NodeId>): void {
    const file = this.#fileOf(node);
    if (node.kind !== "vector") throw new Error(`more ${node.kind} values than registers`);
    let victim: NodeId | undefined;
    let furthest = -1;
    for (const id of file.values()) {
      const next = this.#nextUse(id, position + 1);
      if (needed.has(id) || next <= furthest) continue;
      [victim, furthest] = [id, next];
    }
    if (victim === undefined) throw new Error("an instruction needs more vectors than registers");
    const value = this.graph.nodes[victim]!;
    const register = file.registerOf(victim)!;
    // A constant is still where it came from, and a spilled value is not written twice.
    if (value.op !== "constant" && !this.#slotOf.has(victim)) {
      const slot = this.#freeSlots.pop() ?? this.#slots.length;
      this.#slots[slot] = Math.max(this.#slots[slot] ?? 0, value.length);
      this.#slotOf.set(victim, slot);
      this.#steps.push({ kind: "spill", node: value, register, slot });
    }
    file.release(victim);
  }

  /** Moves what the region hands on to where later regions expect it. */
  #settleOutputs(): void {
    const end = this.order.length;
    for (const [name, id] of this.graph.outputs) {
      const node = this.graph.nodes[id]!;
      const wanted = this.#carriedRegister(name);
      const source = this.#resident(id, end, new Set(this.graph.outputs.values()));
      if (source === wanted) continue;
      if (node.kind !== "vector" || this.graph.outputs.size > 1)
        throw new Error(`the value "${name}" is not in the register that carries it`);
      this.#steps.push({ kind: "move", node, register: wanted, source });
    }
  }
}

/** Registers that values should have so that what is carried ends where it is expected. */
function preferences(graph: Graph, carried: CarriedRegisters): Map<NodeId, number> {
  const preferred = new Map<NodeId, number>();
  for (const [name, id] of graph.outputs) {
    const register = carried.get(name);
    if (register === undefined) continue;
    // A sum is computed in place, so its first operand should be there already.
    let current: NodeId | undefined = id;
    while (current !== undefined && !preferred.has(current)) {
      preferred.set(current, register);
      const node: Node = graph.nodes[current]!;
      current = node.op === "add" ? node.args[0] : undefined;
    }
  }
  return preferred;
}
