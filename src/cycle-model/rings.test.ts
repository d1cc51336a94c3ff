/** The rings keep what is still asked for, also when they have grown. */
import { describe, expect, it } from "vitest";
import { BurstQueue } from "./burst-queue.js";
import { Drain } from "./drain.js";
import { RangeTable, TABLE } from "./range-table.js";
import { UNKNOWN } from "./unknown.js";

describe("BurstQueue", () => {
  it("keeps the bursts from the head on when it grows", () => {
    const bursts = new BurstQueue();
    const push = (i: number) => bursts.push(i, i + 1, 10 * i, 10 * i + 5);
    for (let i = 0; i < 50; i++) push(i);
    bursts.head = 40;
    for (let i = 50; i < 400; i++) push(i);
    for (; bursts.head < bursts.count; bursts.head++) {
      const { head, from, to, first, last } = bursts;
      expect([from, to, first, last]).toEqual([head, head + 1, 10 * head, 10 * head + 5]);
    }
  });
});

describe("Drain", () => {
  it("tells when an amount was taken, between two points, to channels at their own places", () => {
    const drain = new Drain(2);
    expect(drain.clockOf(0, 0)).toBe(-1);
    expect(drain.clockOf(1, 0)).toBe(UNKNOWN);
    // Ten granules in five clocks, then five clocks of none.
    for (let i = 0; i < 1000; i++) {
      drain.add(10 * i, 10 * i + 5);
      drain.add(10 * i + 10, 10 * i + 10);
      expect(drain.clockOf(10 * i + 4, 0)).toBe(10 * i + 7);
    }
    // The other channel has seen nothing yet.
    for (let i = 0; i < 1000; i++) expect(drain.clockOf(10 * i + 4, 1)).toBe(10 * i + 7);
    expect(drain.clockOf(10_001, 1)).toBe(UNKNOWN);
  });
});

describe("RangeTable", () => {
  it("holds the newest ranges", () => {
    const table = new RangeTable();
    expect(table.oldest).toBeLessThan(0);
    for (let i = 0; i < TABLE + 3; i++) table.push(10 * i, 10 * i + 4);
    expect([table.oldest, table.count]).toEqual([3, TABLE + 3]);
    expect(table.overlaps(3, 34, 50)).toBe(true);
    expect(table.overlaps(3, 35, 50)).toBe(false);
    expect(table.overlaps(3, 20, 29)).toBe(false);
  });
});
