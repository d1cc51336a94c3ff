import type { ModelConfig } from "./config.js";
import { expectedTensors } from "./inventory.js";
import type { TensorSource } from "./tensor-source.js";

/** What one element adds to the hashed counter. */
const STEP = 0x9e3779b1;

/** 32-bit FNV-1a of a name's UTF-8 bytes. */
function fnv1a(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/**
 * Made-up weights that depend on nothing but a tensor's name and the element's index, so that a
 * shape can be tested without its trained weights. The recipe is in docs/checkpoints.md.
 */
export function syntheticTensors(config: ModelConfig): TensorSource {
  const tensors = expectedTensors(config);
  return {
    name: "synthetic weights",
    shapes: new Map(tensors.map(({ name, shape }) => [name, shape])),
    locate: () => "synthetic weights",
    async read(tensor, start, out) {
      fillSynthetic(tensor, start, out);
    },
    async close() {},
  };
}

/**
 * @param start index of the first element, row-major
 * @param out takes weights in [-1, 1), or in [0.75, 1.25) where the name contains "norm"
 */
export function fillSynthetic(tensor: string, start: number, out: Float32Array): void {
  const seed = fnv1a(tensor);
  // Every u is a multiple of 2^-23 in [-1, 1), which binary32 holds exactly.
  const [center, unit] = tensor.includes("norm") ? [0.75, 2 ** -25] : [-1, 2 ** -23];
  let counter = (Math.imul(start, STEP) + seed) | 0;
  for (let i = 0; i < out.length; i++) {
    let x = counter;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    out[i] = center + ((x ^ (x >>> 16)) >>> 8) * unit;
    counter = (counter + STEP) | 0;
  }
}
