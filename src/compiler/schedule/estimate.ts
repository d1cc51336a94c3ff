import type { Node } from "../ir/types.js";
import { type MachineCode, type MachineStep, registersOf } from "../registers/machine-code.js";
import type { Cost } from "./cost.js";
import { Timeline } from "./timeline.js";

/** The node whose instruction a step costs as much as. */
function costed(step: MachineStep): Node {
  const { node } = step;
  switch (step.kind) {
    case "node":
      return node;
    case "spill":
      return { ...node, op: "store", tensor: "spill", offset: 0 };
    case "reload":
      return { ...node, op: "load", tensor: "spill" };
    case "move":
      return { ...node, op: "add" };
  }
}

/**
 * Clocks that a region's code takes by the issue rule alone: units and registers that are busy. It
 * leaves out branches, contention for the DRAM and a matrix's prefetch.
 */
export function estimate(code: MachineCode, cost: (node: Node) => Cost): number {
  const timeline = new Timeline<string>();
  for (const step of code.steps)
    timeline.issue({ cost: cost(costed(step)), holds: registersOf(step, code.graph) });
  return timeline.end;
}
