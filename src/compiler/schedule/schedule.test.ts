import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyModel, testModel } from "../../../test/compiler/models.js";
import { carriedRegisters } from "../backend.js";
import { hgrnBit } from "../frontends/hgrnbit.js";
import type { Graph, NodeId, Program } from "../ir/types.js";
import { runPasses } from "../passes/pipeline.js";
import { allocate } from "../registers/allocate.js";
import { SCALE_REGISTERS } from "../registers/scalar-roles.js";
import { costModel } from "./cost.js";
import { predecessors } from "./dependencies.js";
import { estimate } from "./estimate.js";
import { schedule, writtenOrder } from "./list-scheduler.js";

const MACHINE = { vlmax: 8192, packing: "t4" } as const;

function expectLegal(graph: Graph, order: readonly NodeId[]): void {
  const position = new Map(order.map((id, index) => [id, index]));
  predecessors(graph).forEach((before, id) => {
    const node = graph.nodes[id]!;
    if (node.op === "input") return;
    expect(position.has(id)).toBe(true);
    for (const earlier of before)
      if (graph.nodes[earlier]!.op !== "input")
        expect(position.get(earlier)!).toBeLessThan(position.get(id)!);
  });
  expect(order.length).toBe(graph.nodes.filter((node) => node.op !== "input").length);
}

function clocks(program: Program, order: (graph: Graph) => readonly NodeId[]): number {
  const cost = costModel(program, "t4");
  const { graph } = program.regions[1]!;
  const carried = carriedRegisters(program);
  return estimate(allocate(graph, order(graph), { carried, scalars: SCALE_REGISTERS }), cost);
}

describe("schedule", () => {
  test("keeps every dependency of any model", async () => {
    await fc.assert(
      fc.asyncProperty(anyModel, async (model) => {
        const source = await hgrnBit("test", model.config, model.checkpoint, MACHINE);
        for (const program of [source, runPasses(source)])
          for (const { graph } of program.regions) {
            expectLegal(graph, schedule(graph, costModel(program, "t4")));
            expectLegal(graph, writtenOrder(graph));
          }
      }),
      { numRuns: 20 },
    );
  });

  test("a folded layer needs no spill and waits less than in written order", async () => {
    const model = testModel({ hidden_size: 256, intermediate_size: null });
    const source = await hgrnBit("test", model.config, model.checkpoint, MACHINE);
    const program = runPasses(source);
    const { graph } = program.regions[1]!;
    const order = schedule(graph, costModel(program, "t4"));
    const carried = carriedRegisters(program);
    const code = allocate(graph, order, { carried, scalars: SCALE_REGISTERS });
    expect(code.slots).toEqual([]);
    const scheduled = clocks(program, (g) => schedule(g, costModel(program, "t4")));
    expect(scheduled).toBeLessThan(0.85 * clocks(program, writtenOrder));
  });
});
