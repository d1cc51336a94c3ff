import { describe, expect, it } from "vitest";
import {
  mostLikely,
  nextState,
  TOY_IMAGE,
  ToyTarget,
  toyGreedy,
  toyLogits,
  VOCABULARY,
} from "../../test/session/toy-target.js";
import { evaluate, evaluateText, type Golden, modelDescription, Session } from "./index.js";

const IDS = Array.from({ length: 41 }, (_, i) => (i * i + 3) % VOCABULARY);
const MODEL = modelDescription(TOY_IMAGE);

/** The reference logits of every position, as real numbers. */
function logitsOf(ids: readonly number[]): number[][] {
  let state = 0;
  return ids.map((token) => {
    state = nextState(state, token);
    return Array.from(toyLogits(state), (logit) => logit / 2 ** 20);
  });
}

function loss(logits: readonly number[], token: number): number {
  const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
  return -Math.log(Math.exp(logits[token]!) / sum);
}

const tensor = (data: readonly number[], shape: readonly number[] = [data.length]) => ({
  shape,
  data: Float32Array.from(data),
});

const REFERENCE = logitsOf(IDS.slice(0, -1));
const LOSSES = REFERENCE.map((logits, i) => loss(logits, IDS[i + 1]!));
const ARGMAX = REFERENCE.map(mostLikely);
const MEAN = LOSSES.reduce((a, b) => a + b) / LOSSES.length;

const TEXT: [string, ReturnType<typeof tensor>][] = [
  ["nll.input_ids", tensor(IDS)],
  ["nll.per_token", tensor(LOSSES)],
  ["nll.argmax", tensor(ARGMAX)],
];

async function evaluated(golden: Golden, limit?: number) {
  const session = await Session.open(new ToyTarget(), TOY_IMAGE);
  return evaluate(session, golden, MODEL, { ...(limit && { limit }) });
}

describe("evaluate", () => {
  it("finds a model that is its own reference identical", async () => {
    const prompt = IDS.slice(0, 9);
    const greedy = [...IDS.slice(0, 16), ...toyGreedy(IDS.slice(0, 16), 24)];
    const result = await evaluated(
      new Map([
        ...TEXT,
        ["prompt0.input_ids", tensor(prompt)],
        ["prompt0.logits", tensor(logitsOf(prompt).flat(), [9, VOCABULARY])],
        ["prompt0.greedy", tensor(greedy)],
        ["prompt0.hidden0", tensor([1])],
        ["scale.x", tensor([1])],
        ["scale.y", tensor([1])],
        ["other", tensor([1])],
      ]),
    );
    expect(result).toMatchObject({
      tokens: 40,
      argmaxAgreement: 1,
      greedy: [{ prompt: "prompt0", tokens: 24, identical: 24 }],
      model: { name: "toy", config: { vocab_size: VOCABULARY } },
      goldenLacks: [],
      goldenUnused: ["other", "prompt0.hidden0", "scale.*"],
    });
    expect(result.nll).toBeCloseTo(MEAN, 6);
    expect(result.nllReference).toBeCloseTo(MEAN, 6);
    expect(result.logitsCosine).toBeCloseTo(1, 6);
    // 40 positions of the text, 9 of the prompt, 15 of the greedy prompt, 24 that asked for one.
    expect(result.instructions).toBe(10 * (40 + 9 + 15 + 24));
    expect(result.instructionsPerToken).toBe(10);
    expect(result.tokensPerSecond).toBeGreaterThan(0);
  });

  it("measures how far a model is off", async () => {
    const wrong = ARGMAX.map((token, i) => (i % 4 === 0 ? (token + 1) % VOCABULARY : token));
    const prompts = [IDS.slice(0, 4), IDS.slice(3, 8)];
    const other = logitsOf(prompts[1]!).flat();
    other[0]! += 5;
    const greedy = [...IDS.slice(0, 16), ...toyGreedy(IDS.slice(0, 16), 10)];
    greedy[16 + 6] = (greedy[16 + 6]! + 1) % VOCABULARY;
    const result = await evaluated(
      new Map([
        ...TEXT,
        ["nll.argmax", tensor(wrong)],
        ["prompt0.input_ids", tensor(prompts[0]!)],
        ["prompt0.logits", tensor(logitsOf(prompts[0]!).flat(), [4, VOCABULARY])],
        ["prompt0.greedy", tensor(greedy)],
        ["prompt1.input_ids", tensor(prompts[1]!)],
        ["prompt1.logits", tensor(other, [5, VOCABULARY])],
      ]),
    );
    const same = logitsOf(prompts[1]!).flat();
    const dot = same.reduce((sum, a, i) => sum + a * other[i]!, 0);
    const cosine = dot / Math.hypot(...same) / Math.hypot(...other);
    expect(result.argmaxAgreement).toBe(0.75);
    expect(result.logitsCosine).toBeCloseTo(cosine, 6);
    expect(result.greedy).toEqual([{ prompt: "prompt0", tokens: 10, identical: 6 }]);
    expect(result.goldenLacks).toEqual(["prompt1.greedy"]);
  });

  it("takes the limit first positions of each part", async () => {
    const result = await evaluated(new Map(TEXT), 7);
    expect(result.tokens).toBe(7);
    expect(result.nllReference).toBeCloseTo(LOSSES.slice(0, 7).reduce((a, b) => a + b) / 7, 6);
    expect(result.nll).toBeCloseTo(result.nllReference!, 6);
  });

  it("compares plain logits, and says what else is missing", async () => {
    const ids = IDS.slice(0, 5);
    const result = await evaluated(
      new Map([
        ["input_ids", tensor(ids)],
        ["logits", tensor(logitsOf(ids).flat(), [5, VOCABULARY])],
      ]),
    );
    expect(result).toMatchObject({ tokens: 5, nll: null, nllReference: null, argmaxAgreement: 1 });
    expect(result.logitsCosine).toBeCloseTo(1, 6);
    expect(result.goldenLacks).toEqual(["nll.input_ids"]);
  });

  it.each([
    [[["other", tensor([1])]], /holds nothing to compare/],
    [[["nll.input_ids", tensor([1, 99])]], /"nll.input_ids" holds id 99/],
    [[["nll.input_ids", tensor([1, 2], [1, 2])]], /has shape \[1, 2\], expected \[any\]/],
    [[...TEXT, ["nll.per_token", tensor([1])]], /has shape \[1\], expected \[40\]/],
    [
      [
        ["input_ids", tensor([1])],
        ["logits", tensor([1, 2], [1, 2])],
      ],
      /"logits" has shape \[1, 2\], expected \[1, 11\]/,
    ],
  ] as [[string, ReturnType<typeof tensor>][], RegExp][])(
    "refuses %#",
    async (tensors, message) => {
      await expect(evaluated(new Map(tensors))).rejects.toThrow(message);
    },
  );
});

describe("evaluateText", () => {
  it("gives the perplexity", async () => {
    const session = await Session.open(new ToyTarget(), TOY_IMAGE);
    const ticks: [number, number][] = [];
    const result = await evaluateText(session, IDS, { progress: (...tick) => ticks.push(tick) });
    expect(result.tokens).toBe(40);
    expect(result.nll).toBeCloseTo(MEAN, 6);
    expect(result.perplexity).toBeCloseTo(Math.exp(MEAN), 5);
    expect(ticks.at(-1)).toEqual([40, 40]);
  });
  it("needs two tokens", async () => {
    const session = await Session.open(new ToyTarget(), TOY_IMAGE);
    await expect(evaluateText(session, [1])).rejects.toThrow(/has 1 tokens/);
  });
});
