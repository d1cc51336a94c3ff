import type { GivenMatrix, MlgruLayer } from "./mlgru.js";

/** Uniform 32-bit integers that depend on the seed only (splitmix32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}

function randomMatrix(next: () => number, rows: number, columns: number): GivenMatrix {
  const trits = Int8Array.from({ length: rows * columns }, () => (next() % 3) - 1);
  // Two of three weights are not zero: so that a normalised input gives results around 1.
  return { trits, scale: Math.fround(1 / Math.sqrt((columns * 2) / 3)) };
}

/** A layer with random ternary weights, the three values equally likely; the same for the same seed. */
export function randomMlgru(width: number, stateWidth: number, seed: number): MlgruLayer {
  const next = generator(seed);
  return {
    width,
    stateWidth,
    f: randomMatrix(next, stateWidth, width),
    c: randomMatrix(next, stateWidth, width),
    g: randomMatrix(next, stateWidth, width),
    o: randomMatrix(next, width, stateWidth),
  };
}
