import fc from "fast-check";
import { expect, test } from "vitest";
import { MatrixReader } from "./matrix-reader.js";
import { ReadQueue } from "./read-queue.js";
import type { TensorSource } from "./tensor-source.js";

/** Element i of tensor "n" is n + i / 2^22; reads finish in an order that `delays` decides. */
function numbered(counts: readonly number[], delays: readonly number[]): TensorSource {
  let reads = 0;
  return {
    name: "numbered",
    shapes: new Map(counts.map((count, i) => [`${i}`, [count]])),
    locate: () => "numbered",
    async read(tensor, start, out) {
      for (let turn = delays[reads++ % delays.length]!; turn > 0; turn--)
        await new Promise(setImmediate);
      for (let i = 0; i < out.length; i++) out[i] = Number(tensor) + (start + i) * 2 ** -22;
    },
    async close() {},
  };
}

test("gives every tensor whole, announced or not, in whatever order, with room or without", async () => {
  const counts = [700_000, 1_100_000, 3, 1_048_576, 2_300_000, 64];
  const index = fc.nat(counts.length - 1);
  await fc.assert(
    fc.asyncProperty(
      fc.array(index, { minLength: 1, maxLength: 6 }),
      fc.array(index, { maxLength: 6 }),
      fc.array(fc.nat(3), { minLength: 1, maxLength: 7 }),
      fc.boolean(),
      async (wanted, announced, delays, allocate) => {
        const reader = new MatrixReader(numbered(counts, delays));
        const stored = (i: number) => ({ name: `${i}`, count: counts[i]! });
        if (allocate) {
          const bytes = await reader.allocate(1_100_000, 100);
          expect(bytes).toEqual(new Uint8Array(100));
        }
        reader.announce(announced.map(stored));
        for (const i of wanted) {
          const { weights, chunks } = await reader.read(stored(i));
          await Promise.all(chunks);
          // The next one may be on its way already: it must not come here.
          await new Promise(setImmediate);
          expect(weights.length).toBe(counts[i]);
          const wrong = weights.findIndex((x, k) => x !== Math.fround(i + k * 2 ** -22));
          expect(wrong).toBe(-1);
        }
        await reader.release();
      },
    ),
    { numRuns: 30 },
  );
});

test("a queue goes on after a read that fails", async () => {
  const queue = new ReadQueue();
  const results = await Promise.allSettled(
    [1, 2, 3, 4, 5, 6].map((n) =>
      queue.add(async () => {
        if (n % 2) throw new Error(`${n}`);
        return n;
      }),
    ),
  );
  expect(results.map(({ status }) => status[0]).join("")).toBe("rfrfrf");
});
