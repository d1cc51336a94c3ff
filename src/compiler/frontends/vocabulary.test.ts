import fc from "fast-check";
import { expect, test } from "vitest";
import { rowBlocks, vocabularyRegions } from "./vocabulary.js";

test("blocks cover every row once, fit vlmax, and start at row groups and lines", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300_000 }),
      fc.constantFrom(96, 2048, 8192),
      fc.constantFrom(4, 5),
      (total, vlmax, group) => {
        const blocks = rowBlocks(total, vlmax, group);
        expect(blocks.rows).toBeLessThanOrEqual(vlmax);
        expect(blocks.rows % group).toBe(0);
        expect((blocks.rows * 4) % 64).toBe(0);
        expect((blocks.count - 1) * blocks.rows).toBeLessThan(total);
        expect(blocks.count * blocks.rows).toBeGreaterThanOrEqual(total);

        let next = 0;
        for (const region of vocabularyRegions(blocks, 8))
          for (let trip = 0; trip < region.trips; trip++)
            for (const node of region.graph.nodes) {
              if (node.op !== "product") continue;
              expect(node.firstRow + trip * region.rowsPerTrip).toBe(next);
              next += node.length;
            }
        expect(next).toBe(total);
      },
    ),
  );
});

test("a released checkpoint's vocabulary is four blocks on the card", () => {
  expect(rowBlocks(32000, 8192, 4)).toEqual({ total: 32000, rows: 8000, count: 4 });
  expect(vocabularyRegions(rowBlocks(32000, 8192, 4), 8).length).toBe(1);
});
