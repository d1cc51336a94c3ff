const MASK = (1n << 64n) - 1n;

/**
 * SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): deterministic by its seed.
 * @returns a function that gives numbers in [0, 1) with 53 random bits
 */
export function randomNumbers(seed: bigint): () => number {
  let state = seed & MASK;
  return () => {
    state = (state + 0x9e3779b97f4a7c15n) & MASK;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
    z ^= z >> 31n;
    return Number(z >> 11n) / 2 ** 53;
  };
}
