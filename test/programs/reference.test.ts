/** The examples against plain float64 computations of what their headers say. */
import { describe, expect, it } from "vitest";
import { CONFIGURATIONS } from "../../src/isa/index.js";
import {
  add,
  mlgru,
  multiply,
  product,
  rms,
  silu,
  softmax,
  type Vector,
} from "./real-arithmetic.js";
import { Run } from "./run-program.js";

const D5005 = CONFIGURATIONS.find(({ name }) => name === "d5005")!;

/** Values before the run by name, and the run halted. */
async function ran(program: string, names: readonly string[], configuration = D5005) {
  const run = await Run.load(program, configuration);
  const inputs: Record<string, number[]> = {};
  for (const name of names) inputs[name] = await run.values(name);
  expect(await run.emulator.run()).toEqual({ reason: "halted" });
  return { inputs: inputs as Readonly<Record<string, Vector>>, run };
}

/** The largest difference, in units of the last bit of an element. */
function lastBits(actual: Vector, expected: Vector): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...actual.map((a, i) => Math.abs(a - expected[i]!))) * 2 ** 20;
}

describe("the examples compute what they say", () => {
  // 100 elements in one strip, in 64 + 36, and in 7 strips.
  it.each([8192, 64, 16])("vector-add with vectors of %i", async (vlmax) => {
    const { inputs, run } = await ran("vector-add", ["x", "y"], { ...D5005, vlmax });
    expect(await run.values("sum")).toEqual(add(inputs.x!, inputs.y!));
  });

  it("ternary-product", async () => {
    const { inputs, run } = await ran("ternary-product", ["x", "weights4", "weights5"]);
    expect(inputs.weights4).toEqual(inputs.weights5);
    const expected = product(inputs.weights4!, inputs.x!, 0.25);
    for (const name of ["y4", "y5"])
      expect(lastBits(await run.values(name), expected)).toBeLessThan(0.51);
    // int8 activations: not further from the real product than half a step of each of 8 columns.
    const exact = Array.from({ length: 6 }, (_, row) =>
      inputs.x!.reduce((sum, a, k) => sum + a * inputs.weights4![row * 8 + k]!, 0),
    );
    const step = 4 / 127;
    for (const [row, value] of (await run.values("y4")).entries())
      expect(Math.abs(value - exact[row]! / 4)).toBeLessThan((8 * step) / 2 / 4);
  });

  it("rms-norm", async () => {
    const { inputs, run } = await ran("rms-norm", ["x", "w"]);
    expect(lastBits(await run.values("y"), rms(inputs.x!, inputs.w!))).toBeLessThan(1.6);
  });

  it("softmax", async () => {
    const { inputs, run } = await ran("softmax", ["x"]);
    const p = await run.values("p");
    expect(lastBits(p, softmax(inputs.x!))).toBeLessThan(3);
    expect(p.reduce((sum, a) => sum + a, 0)).toBeCloseTo(1, 5);
  });

  it("mlgru-step, twice", async () => {
    const { inputs, run } = await ran("mlgru-step", ["x", "h", "Wf", "Wc", "Wg", "Wo"]);
    const { x, h, Wf, Wc, Wg, Wo } = inputs;
    const gates = {
      f: product(Wf!, x!, Math.fround(0.09)),
      c: product(Wc!, x!, Math.fround(0.09)),
      g: product(Wg!, x!, Math.fround(0.09)),
    };
    const first = mlgru(gates, h!);
    expect(lastBits(await run.values("h"), first.h)).toBeLessThan(6);
    const o = product(Wo!, first.gated, Math.fround(0.11));
    expect(lastBits(await run.values("o"), o)).toBeLessThan(30);
    // Run again with the state that the first run left.
    const state = run.image.symbols.find(({ name }) => name === "h")!;
    const bytes = await run.emulator.readMemory(state.address, state.size);
    await run.emulator.load(run.image);
    await run.emulator.writeMemory(state.address, bytes);
    await run.emulator.run();
    expect(lastBits(await run.values("h"), mlgru(gates, first.h).h)).toBeLessThan(10);
  });

  it("layer512", async () => {
    const matrices = ["Wf", "Wc", "Wg", "Wo", "Wgate", "Wup", "Wdown"] as const;
    const { inputs, run } = await ran("layer512", [
      "x",
      "h",
      "mixer_norm",
      "channel_norm",
      ...matrices,
    ]);
    const { x, h, mixer_norm, channel_norm } = inputs;
    const times = (name: (typeof matrices)[number], v: Vector, scale: number) =>
      product(inputs[name]!, v, Math.fround(scale));
    const u = rms(x!, mixer_norm!);
    const step = mlgru(
      { f: times("Wf", u, 0.06), c: times("Wc", u, 0.06), g: times("Wg", u, 0.06) },
      h!,
    );
    const mixed = add(x!, times("Wo", step.gated, 0.05));
    const v = rms(mixed, channel_norm!);
    const inner = multiply(silu(times("Wgate", v, 0.07)), times("Wup", v, 0.07));
    const result = add(mixed, times("Wdown", inner, 0.05));
    expect(lastBits(await run.values("h"), step.h)).toBeLessThan(10);
    // A value near a half of the int8 quantiser may fall to the other side: one step in one column.
    const quantiserStep = (Math.max(...inner.map(Math.abs)) / 127) * 0.05;
    const worst = lastBits(await run.values("x"), result) / 2 ** 20;
    expect(worst).toBeLessThan(2 * quantiserStep);
  });
});
