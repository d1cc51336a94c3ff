import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GraphBuilder } from "../ir/builder.js";
import type { Graph, NodeId } from "../ir/types.js";
import { writtenOrder } from "../schedule/list-scheduler.js";
import { allocate } from "./allocate.js";
import type { MachineCode } from "./machine-code.js";

const CARRIED = new Map([["x", 0]]);
const SCALARS = [20, 21, 22];

/** A random graph over one carried vector: constants, sums, products, each of older values. */
const anyGraph: fc.Arbitrary<Graph> = fc
  .array(
    fc.record({
      op: fc.constantFrom("constant", "binary", "binary", "product", "store"),
      a: fc.nat(),
      b: fc.nat(),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((recipe) => {
    const g = new GraphBuilder();
    const vectors: NodeId[] = [g.input("x", "vector", 8)];
    const pick = (n: number) => vectors[n % vectors.length]!;
    recipe.forEach(({ op, a, b }, i) => {
      if (op === "constant") vectors.push(g.constant(`c${i}`, 8, `c${i}`));
      else if (op === "store") g.store("out", pick(a), i * 8);
      else if (op === "binary") vectors.push(g.binary("add", pick(a), pick(b), `v${i}`));
      else {
        const q = g.quant(pick(a), `q${i}`);
        vectors.push(g.product("m", 8, q, g.scale(`w${i}`, `s${i}`), `p${i}`));
      }
    });
    g.output("x", vectors.at(-1)!);
    return g.graph();
  });

/**
 * Runs code with the identity of a value in place of its elements: every source must hold the value
 * that the graph asks for.
 */
function follow(graph: Graph, code: MachineCode): void {
  const vectors = new Map<number, NodeId>([[0, 0]]);
  const others = new Map<string, NodeId>();
  const slots = new Map<number, NodeId>();
  for (const step of code.steps) {
    if (step.kind === "spill") slots.set(step.slot, vectors.get(step.register)!);
    else if (step.kind === "reload") vectors.set(step.register, slots.get(step.slot)!);
    else if (step.kind === "move") vectors.set(step.register, vectors.get(step.source)!);
    if (step.kind !== "node") continue;
    const { node, sources, destination } = step;
    node.args.forEach((id, i) => {
      const { kind } = graph.nodes[id]!;
      const held = kind === "vector" ? vectors.get(sources[i]!) : others.get(kind + sources[i]);
      expect(held).toBe(id);
    });
    if (node.kind === "vector") vectors.set(destination!, node.id);
    else if (node.kind !== "none") others.set(node.kind + destination, node.id);
  }
  expect(vectors.get(0)).toBe(graph.outputs.get("x"));
}

describe("allocate", () => {
  test("every operand is where its instruction looks, with any number of registers", () => {
    fc.assert(
      fc.property(anyGraph, fc.integer({ min: 3, max: 8 }), (graph, vectors) => {
        const order = writtenOrder(graph);
        const code = allocate(graph, order, { carried: CARRIED, scalars: SCALARS, vectors });
        follow(graph, code);
        for (const step of code.steps)
          if (step.kind === "node" && step.node.kind === "vector")
            expect(step.destination).toBeLessThan(vectors);
      }),
      { numRuns: 300 },
    );
  });

  test("fetches a constant again instead of spilling it", () => {
    const g = new GraphBuilder();
    const x = g.input("x", "vector", 8);
    const constant = g.constant("c", 8, "c");
    const first = g.binary("add", x, constant, "first");
    const second = g.binary("mul", first, x, "second");
    const third = g.binary("mul", second, x, "third");
    const sum = g.binary("add", third, first, "sum");
    g.output("x", g.binary("add", sum, constant, "last"));
    const graph = g.graph();
    const order = writtenOrder(graph);
    const code = allocate(graph, order, { carried: CARRIED, scalars: [], vectors: 3 });
    follow(graph, code);
    const fetches = code.steps.filter((s) => s.kind === "node" && s.node.op === "constant");
    expect(fetches.length).toBe(2);
    expect(code.slots).toEqual([]);
  });
});
