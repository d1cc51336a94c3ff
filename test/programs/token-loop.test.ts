/** The hand-made model, driven as every compiled model is, against the same model in float64. */
import { beforeEach, describe, expect, it } from "vitest";
import { Emulator } from "../../src/emulator/index.js";
import { CONFIGURATIONS } from "../../src/isa/index.js";
import { encodeEntry, generate, HALT_ENTRY, Session } from "../../src/session/index.js";
import { add, mlgru, product, rms } from "./real-arithmetic.js";
import { assembled, Run } from "./run-program.js";

const TINY = CONFIGURATIONS.find(({ name }) => name === "tiny")!;
const SIZE = 10;
const ONES = new Array<number>(SIZE).fill(1);

function circulant(diagonal: number, neighbour: number): number[] {
  return Array.from({ length: SIZE * SIZE }, (_, i) => {
    const distance = (Math.floor(i / SIZE) - (i % SIZE) + SIZE) % SIZE;
    return distance === 0 ? diagonal : distance === 1 || distance === SIZE - 1 ? neighbour : 0;
  });
}

/** The logits after each token, from a clean state. */
function referenceLogits(tokens: readonly number[]): number[][] {
  let h: readonly number[] = ONES.map(() => 0);
  return tokens.map((token) => {
    const x = ONES.map((_, i) => (i === token ? 2 : 0));
    const gates = {
      f: product(circulant(-1, 0), x, 1),
      c: product(circulant(1, 0), x, 1),
      g: ONES.map(() => 0),
    };
    const step = mlgru(gates, h);
    h = step.h;
    const out = add(x, product(circulant(1, 0), step.gated, 1));
    return product(circulant(-1, 1), rms(out, ONES), 1);
  });
}

let emulator: Emulator;
let session: Session;

beforeEach(async () => {
  emulator = new Emulator({ configuration: TINY });
  session = await Session.open(emulator, assembled("token-loop", TINY));
});

async function continued(prompt: readonly number[], count: number, endToken?: number) {
  const ids: number[] = [];
  for await (const id of generate(session, {
    prompt,
    count,
    ...(endToken !== undefined && { endToken }),
  }))
    ids.push(id);
  return ids;
}

describe("programs/token-loop.tasm", () => {
  it("counts on in the direction of its prompt, round the circle", async () => {
    expect(await continued([3, 4], 40)).toEqual(Array.from({ length: 40 }, (_, i) => (5 + i) % 10));
    expect(await continued([4, 3], 13)).toEqual([2, 1, 0, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(await continued([0, 9], 3)).toEqual([8, 7, 6]);
  });
  it("takes the lower neighbour of a single token, both being equally likely", async () => {
    expect(await continued([5], 3)).toEqual([4, 3, 2]);
    expect(await continued([9], 3)).toEqual([0, 1, 2]);
  });
  it("stops at the end token", async () => {
    expect(await continued([3, 4], 40, 8)).toEqual([5, 6, 7, 8]);
  });
  it("has the logits of the same model in float64", async () => {
    const tokens = [3, 4, 5, 5, 9, 0, 1, 7];
    const expected = referenceLogits(tokens);
    for (const [i, token] of tokens.entries()) {
      await session.feedAll([{ token, count: 1, reset: i === 0 }]);
      const logits = Array.from(await session.logits(), (element) => element / 2 ** 20);
      for (const [id, logit] of logits.entries())
        expect(Math.abs(logit - expected[i]![id]!)).toBeLessThan(30 / 2 ** 20);
    }
  });
  it("samples on the host from the same image", async () => {
    const sampling = { temperature: 0.5, seed: 3n };
    const drawn = async () => {
      const ids: number[] = [];
      for await (const id of generate(session, { prompt: [1, 2], count: 30, sampling }))
        ids.push(id);
      return ids;
    };
    const first = await drawn();
    expect(new Set(first).size).toBeGreaterThan(2);
    expect(await drawn()).toEqual(first);
  });
  it("halts when it is told to", async () => {
    const run = await Run.load("token-loop", TINY);
    await run.emulator.pushInput([encodeEntry({ token: 1, count: 2, reset: true }), HALT_ENTRY]);
    expect(await run.emulator.run()).toEqual({ reason: "halted" });
    expect(await run.emulator.takeOutput()).toHaveLength(2);
  });
});
