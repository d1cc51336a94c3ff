import { describe, expect, it } from "vitest";
import { Tuner, type Way } from "./tuner.js";

/** Products of one size on a host where each way takes `cost` milliseconds. @returns the ways taken */
function simulate(tuner: Tuner, clock: { now: number }, count: number, cost: (way: Way) => number) {
  return Array.from({ length: count }, () => {
    const way = tuner.begin(2 ** 20);
    clock.now += cost(way);
    tuner.end();
    return way;
  });
}

function setUp(threads: number) {
  const clock = { now: 0 };
  return { clock, tuner: new Tuner(threads, () => clock.now) };
}

const share = (ways: readonly Way[], f: (way: Way) => boolean) =>
  ways.filter(f).length / ways.length;

describe("the tuner", () => {
  it("computes small products at once, on one thread", () => {
    const { tuner } = setUp(8);
    for (let i = 0; i < 1000; i++) expect(tuner.begin(65536).threads).toBe(1);
  });

  it.each([1, 8])("finds the better number of streams: %i", (best) => {
    const { tuner, clock } = setUp(1);
    simulate(tuner, clock, 100, ({ streams }) => (streams === best ? 1 : 1.5));
    const ways = simulate(tuner, clock, 2000, ({ streams }) => (streams === best ? 1 : 1.5));
    expect(share(ways, ({ streams }) => streams === best)).toBeGreaterThan(0.95);
    expect(share(ways, ({ threads }) => threads === 1)).toBe(1);
  });

  it("uses threads where they help, and leaves them when they no longer do", () => {
    const { tuner, clock } = setUp(2);
    const quiet = ({ threads }: Way) => (threads === 2 ? 0.6 : 1);
    const busy = ({ threads }: Way) => (threads === 2 ? 1.9 : 1);
    simulate(tuner, clock, 200, quiet);
    expect(share(simulate(tuner, clock, 2000, quiet), (w) => w.threads === 2)).toBeGreaterThan(0.9);
    simulate(tuner, clock, 200, busy);
    expect(share(simulate(tuner, clock, 4000, busy), (w) => w.threads === 1)).toBeGreaterThan(0.9);
    simulate(tuner, clock, 4000, quiet);
    expect(share(simulate(tuner, clock, 2000, quiet), (w) => w.threads === 2)).toBeGreaterThan(0.9);
  });

  it("shares no product of less than half a million multiply-adds", () => {
    const { tuner, clock } = setUp(2);
    for (let i = 0; i < 1000; i++) {
      expect(tuner.begin(500_000).threads).toBe(1);
      clock.now += 1;
      tuner.end();
    }
  });

  it("starts no threads in a short run", () => {
    const { tuner, clock } = setUp(2);
    const ways = simulate(tuner, clock, 500, () => 0.05);
    expect(share(ways, ({ threads }) => threads === 1)).toBe(1);
  });
});
