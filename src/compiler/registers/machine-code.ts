import type { Graph, Node, NodeId } from "../ir/types.js";

/** A step of a region's code: a node with its registers, or what allocation had to add. */
export type MachineStep =
  | {
      readonly kind: "node";
      readonly node: Node;
      /** Number of the v, q or x register that the result goes to. */
      readonly destination?: number;
      /** Registers of the arguments, in order. */
      readonly sources: readonly number[];
    }
  /** A value that waits in DRAM because no register is left for it. */
  | {
      readonly kind: "spill" | "reload";
      readonly node: Node;
      readonly register: number;
      readonly slot: number;
    }
  | {
      readonly kind: "move";
      readonly node: Node;
      readonly register: number;
      readonly source: number;
    };

/** A region's code with registers in place of values. */
export interface MachineCode {
  readonly graph: Graph;
  readonly steps: readonly MachineStep[];
  /** Length of each spill slot, in elements. */
  readonly slots: readonly number[];
}

/** The v or q register of every value that regions hand on, by name. */
export type CarriedRegisters = ReadonlyMap<string, number>;

/** The registers that a step reads or writes, as names such as `v3`. */
export function registersOf(step: MachineStep, graph: Graph): readonly string[] {
  const letter = (node: Node) =>
    node.kind === "activations" ? "q" : node.kind === "scalar" ? "x" : "v";
  if (step.kind === "move") return [`v${step.register}`, `v${step.source}`];
  if (step.kind !== "node") return [`v${step.register}`];
  const names = step.sources.map((register, i) => {
    const argument: NodeId = step.node.args[i]!;
    return `${letter(graph.nodes[argument]!)}${register}`;
  });
  if (step.destination !== undefined) names.push(`${letter(step.node)}${step.destination}`);
  return names;
}
