import { expect, test } from "vitest";
import { lowerBounds } from "./lower-bounds.js";

test("bounds are the cumulative softmax over the layers, without the first layer's share", () => {
  const bounds = lowerBounds(Float64Array.of(0, Math.log(2), 0, 0, 0, Math.log(3)), 3);
  const expected = [
    [0, 0],
    [1 / 3, 1 / 6],
    [2 / 3, 4 / 6],
  ];
  bounds.forEach((layer, n) => {
    layer.forEach((bound, k) => {
      expect(bound).toBeCloseTo(expected[n]![k]!, 14);
    });
  });
});

test("parameters that overflow an exponential do no harm", () => {
  expect(lowerBounds(Float64Array.of(1000, 1000), 2)[1]![0]).toBe(0.5);
});
