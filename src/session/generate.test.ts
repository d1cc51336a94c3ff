import { beforeEach, describe, expect, it } from "vitest";
import {
  nextState,
  TOY_IMAGE,
  ToyTarget,
  toyGreedy,
  toyLogits,
} from "../../test/session/toy-target.js";
import { type GenerateOptions, generate, Session } from "./index.js";

let target: ToyTarget;
let session: Session;

beforeEach(async () => {
  target = new ToyTarget();
  session = await Session.open(target, TOY_IMAGE);
});

async function generated(options: GenerateOptions): Promise<number[]> {
  const ids: number[] = [];
  for await (const id of generate(session, options)) ids.push(id);
  return ids;
}

describe("greedy generation", () => {
  it.each([0, 1, 2, 32, 33, 100])("gives %i tokens", async (count) => {
    const prompt = [3, 1, 4, 1, 5, 9];
    expect(await generated({ prompt, count })).toEqual(toyGreedy(prompt, count));
  });
  it("starts from a clean state each time", async () => {
    const first = await generated({ prompt: [2, 7], count: 20 });
    expect(await generated({ prompt: [2, 7], count: 20 })).toEqual(first);
  });
  it("stops after the end token, and forgets it the next time", async () => {
    const prompt = [6];
    const all = toyGreedy(prompt, 50);
    const endToken = all[5]!;
    const expected = toyGreedy(prompt, 50, endToken);
    expect(expected.length).toBeLessThan(50);
    expect(await generated({ prompt, count: 50, endToken })).toEqual(expected);
    expect(await generated({ prompt, count: 50 })).toEqual(all);
  });
  it("may be left early", async () => {
    for await (const id of generate(session, { prompt: [1], count: 100 })) {
      expect(id).toBe(toyGreedy([1], 1)[0]);
      break;
    }
    expect(await generated({ prompt: [8], count: 5 })).toEqual(toyGreedy([8], 5));
  });
  it("asks the device for several tokens at once", async () => {
    await generated({ prompt: [1, 2], count: 40 });
    const counts = target.entries.map((entry) => Number((entry >> 32n) & 0xffffn));
    expect(counts).toEqual([0, 32, 8]);
  });
});

describe("sampling", () => {
  const sampling = { temperature: 1, seed: 7n };

  it("depends on the seed only", async () => {
    const options = { prompt: [5], count: 40, sampling };
    const first = await generated(options);
    expect(await generated(options)).toEqual(first);
    const other = { ...options, sampling: { ...sampling, seed: 8n } };
    expect(await generated(other)).not.toEqual(first);
  });
  it("is greedy with top-k 1, with a tiny top-p and with a tiny temperature", async () => {
    const expected = toyGreedy([5], 30);
    for (const narrow of [{ topK: 1 }, { topP: 1e-9 }, { temperature: 1e-9 }])
      expect(
        await generated({ prompt: [5], count: 30, sampling: { ...sampling, ...narrow } }),
      ).toEqual(expected);
  });
  it("stops after the end token", async () => {
    const all = await generated({ prompt: [5], count: 40, sampling });
    const endToken = all[3]!;
    const stopped = await generated({ prompt: [5], count: 40, sampling, endToken });
    expect(stopped).toEqual(all.slice(0, all.indexOf(endToken) + 1));
  });
});

describe("a session", () => {
  it("saves and restores the recurrent state", async () => {
    await session.feedAll([1, 2, 3].map((token) => ({ token, count: 0 })));
    const state = await session.saveState();
    const next = await session.feedAll([{ token: 4, count: 1 }]);
    expect(await session.logits()).toEqual(toyLogits([1, 2, 3, 4].reduce(nextState, 0)));
    await session.feedAll([{ token: 9, count: 0 }]);
    await session.restoreState(state);
    expect(await session.feedAll([{ token: 4, count: 1 }])).toBe(next);
    expect(session.tokensFed).toBe(6);
  });
});

describe("a caller that stops early", () => {
  it("leaves the next one a program that waits", async () => {
    for await (const id of session.feed([{ token: 1, count: 20, reset: true }])) {
      expect(id).toBe(toyGreedy([1], 1)[0]);
      break;
    }
    const ids: number[] = [];
    for await (const id of session.feed([{ token: 8, count: 1, reset: true }])) ids.push(id);
    expect(ids).toEqual(toyGreedy([8], 1));
    expect(session.tokensFed).toBe(21);
  });
});

describe("what cannot be generated", () => {
  it.each([
    [{ prompt: [], count: 1 }, /the prompt has no token/],
    [{ prompt: [11], count: 1 }, /token 11 is not in the model's vocabulary of 11/],
    [{ prompt: [1], count: -1 }, /cannot generate -1 tokens/],
    [{ prompt: [1], count: 1, sampling: { temperature: 0, seed: 1n } }, /temperature is 0/],
    [{ prompt: [1], count: 1, sampling: { temperature: 1, topK: 0, seed: 1n } }, /top-k is 0/],
    [{ prompt: [1], count: 1, sampling: { temperature: 1, topP: 2, seed: 1n } }, /top-p is 2/],
  ] as const)("%#", async (options, message) => {
    await expect(generated(options as GenerateOptions)).rejects.toThrow(message);
  });
  it("reports a trap", async () => {
    target.trapToken = 4;
    await expect(generated({ prompt: [4], count: 1 })).rejects.toThrow(
      /the model stopped: trap software with value 5/,
    );
  });
  it("needs an image of a model", async () => {
    const image = { ...TOY_IMAGE, symbols: TOY_IMAGE.symbols.slice(1) };
    await expect(Session.open(target, image)).rejects.toThrow(/no symbol "logits"/);
  });
});
