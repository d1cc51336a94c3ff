import { describe, expect, it } from "vitest";
import { fromReal } from "../numerics/fixed.js";
import { randomNumbers } from "./random.js";
import { sampler } from "./sampling.js";

const LOGITS = Int32Array.from([0, 1, 2, -1], fromReal);

/** How often each token is drawn, as a share. */
function frequencies(settings: { temperature: number; topK?: number; topP?: number }): number[] {
  const draw = sampler({ ...settings, seed: 1n });
  const counts = [0, 0, 0, 0];
  const draws = 20_000;
  for (let i = 0; i < draws; i++) counts[draw(LOGITS)]!++;
  return counts.map((count) => count / draws);
}

/** The distribution that the settings stand for, over the tokens that take part. */
function distribution(temperature: number, tokens: readonly number[]): number[] {
  const weights = [0, 1, 2, -1].map((logit, token) =>
    tokens.includes(token) ? Math.exp(logit / temperature) : 0,
  );
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

describe("sampler", () => {
  it.each([
    ["all tokens", { temperature: 1 }, [0, 1, 2, 3]],
    ["a temperature", { temperature: 2.5 }, [0, 1, 2, 3]],
    ["top-k", { temperature: 1, topK: 2 }, [1, 2]],
    ["top-p", { temperature: 1, topP: 0.9 }, [0, 1, 2]], // 0.644 + 0.237 < 0.9
    ["top-k, then top-p of the rest", { temperature: 1, topK: 2, topP: 0.7 }, [2]], // 0.731
  ])("draws by %s", (_, settings, tokens) => {
    const expected = distribution(settings.temperature, tokens);
    // Four standard deviations of 20,000 draws are at most 0.0142.
    for (const [token, share] of frequencies(settings).entries())
      expect(Math.abs(share - expected[token]!)).toBeLessThan(0.0142);
  });
  it("keeps no more tokens than reach top-p", () => {
    const draw = sampler({ temperature: 1, topP: 0.5, seed: 3n });
    const drawn = Array.from({ length: 50 }, () => draw(Int32Array.of(9, 9)));
    expect(new Set(drawn)).toEqual(new Set([0]));
  });
  it("ranks equal logits by index", () => {
    const draw = sampler({ temperature: 1, topK: 1, seed: 3n });
    expect(draw(Int32Array.of(5, 9, 9, 9))).toBe(1);
  });
});

describe("randomNumbers", () => {
  it("is SplitMix64", () => {
    // The first outputs for seed 1234567, as published with the reference implementation.
    const next = randomNumbers(1234567n);
    const expected = [6457827717110365317n, 3203168211198807973n, 9817491932198370423n];
    for (const value of expected) expect(next()).toBe(Number(value >> 11n) / 2 ** 53);
  });
});
