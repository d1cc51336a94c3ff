import fc from "fast-check";
import { expect, test } from "vitest";
import { fillSynthetic } from "./synthetic.js";

/** The recipe of docs/checkpoints.md in arbitrary precision. */
function element(tensor: string, i: number): number {
  const word = (value: bigint) => BigInt.asUintN(32, value);
  let seed = 0x811c9dc5n;
  for (const byte of new TextEncoder().encode(tensor)) {
    seed = word((seed ^ BigInt(byte)) * 0x01000193n);
  }
  let x = word(BigInt(i) * 0x9e3779b1n + seed);
  x ^= x >> 16n;
  x = word(x * 0x85ebca6bn);
  x ^= x >> 13n;
  x = word(x * 0xc2b2ae35n);
  x ^= x >> 16n;
  const u = (Number(x >> 8n) / 2 ** 24) * 2 - 1;
  return Math.fround(tensor.includes("norm") ? 1 + 0.25 * u : u);
}

test("is the recipe, from whatever element it starts", () => {
  const name = fc.constantFrom(
    "lm_head.weight",
    "lm_head.norm.weight",
    "model.layers.23.attn_norm.weight",
    "model.layers.7.mlp.gate_proj.weight",
  );
  fc.assert(
    fc.property(name, fc.nat(2 ** 26), (name, start) => {
      const out = new Float32Array(5);
      fillSynthetic(name, start, out);
      expect([...out]).toEqual([0, 1, 2, 3, 4].map((i) => element(name, start + i)));
    }),
    { numRuns: 500 },
  );
});
