import { describe, expect, it } from "vitest";
import { Tuner, type Way } from "./tuner.js";

/**
 * Products of one size on a host where each way takes `cost` milliseconds.
 * @param awake whether workers help with product i
 * @returns the ways taken
 */
function simulate(
  tuner: Tuner,
  clock: { now: number },
  count: number,
  cost: (way: Way, i: number) => number,
  awake: (i: number) => boolean = () => true,
) {
  return Array.from({ length: count }, (_, i) => {
    const way = tuner.begin(2 ** 20);
    clock.now += cost(way, i);
    tuner.end(way.threads > 1 && awake(i));
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

  it("does not take the time that workers need to wake up for that of shared products", () => {
    const { tuner, clock } = setUp(2);
    // After each pause, 20 products find the worker asleep.
    const awake = (i: number) => i % 1000 >= 20;
    const cost = ({ threads }: Way, i: number) => (threads === 2 ? (awake(i) ? 0.6 : 1.2) : 1);
    const ways = simulate(tuner, clock, 10_000, cost, awake);
    expect(share(ways.slice(200), ({ threads }) => threads === 2)).toBeGreaterThan(0.9);
  });

  it("leaves workers that seldom help any more", () => {
    const { tuner, clock } = setUp(2);
    simulate(tuner, clock, 400, ({ threads }) => (threads === 2 ? 0.6 : 1));
    const rarely = (i: number) => i % 20 === 0;
    const cost = ({ threads }: Way, i: number) => (threads === 2 ? (rarely(i) ? 0.6 : 1.5) : 1);
    simulate(tuner, clock, 400, cost, rarely);
    const ways = simulate(tuner, clock, 8000, cost, rarely);
    expect(share(ways, ({ threads }) => threads === 1)).toBeGreaterThan(0.8);
  });

  it("tries threads when they are there, not before", () => {
    const { tuner, clock } = setUp(2);
    const step = (canHelp: boolean) => {
      const way = tuner.begin(2 ** 20, canHelp);
      clock.now += way.threads === 2 ? 0.6 : 1;
      tuner.end(way.threads === 2);
      return way;
    };
    for (let i = 0; i < 500; i++) expect(step(false).threads).toBe(1);
    expect(tuner.worthThreads).toBe(true);
    const ways = Array.from({ length: 200 }, () => step(true));
    expect(share(ways, ({ threads }) => threads === 2)).toBeGreaterThan(0.8);
  });

  it("leaves workers that never help", () => {
    const { tuner, clock } = setUp(2);
    const cost = ({ threads }: Way) => (threads === 2 ? 1.2 : 1);
    simulate(tuner, clock, 200, cost, () => false);
    const ways = simulate(tuner, clock, 4000, cost, () => false);
    expect(share(ways, ({ threads }) => threads === 1)).toBeGreaterThan(0.9);
  });

  it("shares no product of less than a million multiply-adds, and starts no threads for it", () => {
    const { tuner, clock } = setUp(2);
    for (let i = 0; i < 1000; i++) {
      expect(tuner.begin(1_000_000).threads).toBe(1);
      clock.now += 1;
      tuner.end();
    }
    expect(tuner.worthThreads).toBe(false);
  });

  it("starts no threads in a short run", () => {
    const { tuner, clock } = setUp(2);
    const ways = simulate(tuner, clock, 500, () => 0.05);
    expect(share(ways, ({ threads }) => threads === 1)).toBe(1);
  });

  it("lets the caller compute more while it waits for workers, less while it does not, within limits", () => {
    const { tuner, clock } = setUp(2);
    simulate(tuner, clock, 400, ({ threads }) => (threads === 2 ? 0.6 : 1));
    const multiplyAdds = 2 ** 20;
    /** @returns leads of shared products */
    const leads = (count: number, turnsWaited: number) => {
      const seen: number[] = [];
      for (let i = 0; i < count; i++) {
        const way = tuner.begin(multiplyAdds);
        if (way.threads === 2) seen.push(tuner.lead);
        clock.now += way.threads === 2 ? 0.6 : 1;
        tuner.end(way.threads === 2, turnsWaited);
      }
      return seen;
    };
    const growing = leads(20, 1000);
    expect(growing.at(-1)!).toBeGreaterThan(growing[0]!);
    expect(Math.max(...leads(500, 1000))).toBe(multiplyAdds / 2);
    const shrinking = leads(20, 0);
    expect(shrinking.at(-1)!).toBeLessThan(shrinking[0]!);
    expect(Math.min(...leads(2000, 0))).toBe(-multiplyAdds / 2);
  });
});
