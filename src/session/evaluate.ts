import { UserError } from "../diagnostics/diagnostic.js";
import { generate } from "./generate.js";
import {
  type Golden,
  type GoldenGreedy,
  type GoldenPrompt,
  type GoldenText,
  goldenParts,
} from "./golden.js";
import { Cosine, negativeLogLikelihood } from "./likelihood.js";
import type { ModelDescription } from "./model.js";
import type { Session } from "./session.js";

export interface EvaluateOptions {
  /** Most positions of each part; absent: all. */
  readonly limit?: number;
  /** Called after every token. */
  readonly progress?: (done: number, total: number) => void;
  /** Milliseconds since any fixed time. */
  readonly clock?: () => number;
}

/** How much of what the reference generated the model generates too, before the first difference. */
export interface GreedyComparison {
  readonly prompt: string;
  readonly tokens: number;
  readonly identical: number;
}

/** A model beside its reference. What the golden file lacks is null. */
export interface Evaluation {
  /** Positions whose next token was predicted. */
  readonly tokens: number;
  /** Mean -ln p of the next token. */
  readonly nll: number | null;
  /** The reference's, over the same positions. */
  readonly nllReference: number | null;
  /** Share of positions, 0 to 1, where the most likely token is the reference's. */
  readonly argmaxAgreement: number | null;
  /** Of all logits of a prompt; the smallest of the prompts. */
  readonly logitsCosine: number | null;
  readonly greedy: readonly GreedyComparison[];
  readonly tokensPerSecond: number;
  /** Retired in the whole evaluation. */
  readonly instructions: number;
  readonly instructionsPerToken: number;
  readonly model: ModelDescription | null;
  /** What the golden file could have held but does not. */
  readonly goldenLacks: readonly string[];
  /** What it holds that is not compared. */
  readonly goldenUnused: readonly string[];
}

/** A text's likelihood without a reference. */
export interface TextEvaluation {
  readonly tokens: number;
  readonly nll: number;
  readonly perplexity: number;
  readonly tokensPerSecond: number;
  readonly instructions: number;
  readonly instructionsPerToken: number;
}

interface Speed {
  readonly tokensPerSecond: number;
  readonly instructions: number;
  readonly instructionsPerToken: number;
}

/** Starts a measurement; the result ends it. */
async function measure(session: Session, clock: () => number): Promise<() => Promise<Speed>> {
  const start = clock();
  const instructions = await session.instructionsRetired();
  const tokens = session.tokensFed;
  return async () => {
    const retired = (await session.instructionsRetired()) - instructions;
    const fed = session.tokensFed - tokens;
    return {
      tokensPerSecond: fed / ((clock() - start) / 1000),
      instructions: retired,
      instructionsPerToken: fed === 0 ? 0 : retired / fed,
    };
  };
}

/** Feed ids from a clean state and look at the logits after each. */
async function walk(
  session: Session,
  ids: readonly number[],
  visit: (logits: Int32Array, position: number, mostLikely: number) => void,
): Promise<void> {
  for (const [position, token] of ids.entries()) {
    const mostLikely = await session.feedAll([{ token, count: 1, reset: position === 0 }]);
    visit(await session.logits(), position, mostLikely!);
  }
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}

function indexOfLargest(values: ArrayLike<number>): number {
  let index = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[index]!) index = i;
  return index;
}

async function comparePrompt(
  session: Session,
  { ids, logits: reference }: GoldenPrompt,
  limit: number,
  tick: () => void,
): Promise<{ cosine: number; agreements: number[] }> {
  const cosine = new Cosine();
  const agreements: number[] = [];
  await walk(session, ids.slice(0, limit), (logits, position, mostLikely) => {
    const expected = reference(position);
    cosine.add(logits, expected);
    agreements.push(mostLikely === indexOfLargest(expected) ? 1 : 0);
    tick();
  });
  return { cosine: cosine.value, agreements };
}

async function compareText(
  session: Session,
  { ids, argmax }: GoldenText,
  limit: number,
  tick: () => void,
): Promise<{ losses: number[]; agreements: number[] }> {
  const losses: number[] = [];
  const agreements: number[] = [];
  await walk(session, ids.slice(0, Math.min(limit, ids.length - 1)), (logits, i, mostLikely) => {
    losses.push(negativeLogLikelihood(logits, ids[i + 1]!));
    if (argmax) agreements.push(mostLikely === argmax[i] ? 1 : 0);
    tick();
  });
  return { losses, agreements };
}

async function compareGreedy(
  session: Session,
  { name, prompt, generated }: GoldenGreedy,
  limit: number,
  tick: () => void,
): Promise<GreedyComparison> {
  const expected = generated.slice(0, limit);
  let position = 0;
  let identical = 0;
  for await (const token of generate(session, { prompt, count: expected.length })) {
    if (identical === position && token === expected[position]) identical++;
    position++;
    tick();
  }
  return { prompt: name, tokens: expected.length, identical };
}

function checkLimit(limit: number): void {
  if (limit !== Number.POSITIVE_INFINITY && !(Number.isInteger(limit) && limit >= 1))
    throw new UserError(`the limit is ${limit}, expected an integer from 1 on`);
}

/**
 * Compare a model with its reference.
 * @param golden the tensors of a golden file, by name
 * @throws UserError when the golden does not fit the model, or the program traps
 */
export async function evaluate(
  session: Session,
  golden: Golden,
  model: ModelDescription | undefined,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const { limit = Number.POSITIVE_INFINITY, clock = () => performance.now() } = options;
  checkLimit(limit);
  const { text, prompts, greedy, lacks, unused } = goldenParts(golden, session.vocabulary);
  const total =
    Math.min(limit, (text?.ids.length ?? 1) - 1) +
    prompts.reduce((sum, { ids }) => sum + Math.min(limit, ids.length), 0) +
    greedy.reduce((sum, { generated }) => sum + Math.min(limit, generated.length), 0);
  let done = 0;
  const tick = () => options.progress?.(++done, total);

  const finish = await measure(session, clock);
  const likelihood = text && (await compareText(session, text, limit, tick));
  const compared = [];
  for (const prompt of prompts) compared.push(await comparePrompt(session, prompt, limit, tick));
  const comparisons = [];
  for (const part of greedy) comparisons.push(await compareGreedy(session, part, limit, tick));
  // Without a text's argmax the most likely tokens of the reference's own logits take its place.
  const agreements = text?.argmax
    ? likelihood!.agreements
    : compared.flatMap(({ agreements }) => agreements);

  return {
    tokens: likelihood?.losses.length ?? compared.reduce((n, c) => n + c.agreements.length, 0),
    nll: likelihood ? mean(likelihood.losses) : null,
    nllReference: mean(text?.perToken?.slice(0, limit) ?? []),
    argmaxAgreement: mean(agreements),
    logitsCosine: compared.length === 0 ? null : Math.min(...compared.map((c) => c.cosine)),
    greedy: comparisons,
    ...(await finish()),
    model: model ?? null,
    goldenLacks: lacks,
    goldenUnused: unused,
  };
}

/**
 * The perplexity of a text.
 * @param ids at least two
 * @throws UserError when the text is too short or holds an unknown id, or the program traps
 */
export async function evaluateText(
  session: Session,
  ids: readonly number[],
  options: EvaluateOptions = {},
): Promise<TextEvaluation> {
  const { limit = Number.POSITIVE_INFINITY, clock = () => performance.now() } = options;
  checkLimit(limit);
  if (ids.length < 2)
    throw new UserError(`the text has ${ids.length} tokens, expected at least 2`, "use more text");
  for (const token of ids) session.checkToken(token);
  const total = Math.min(limit, ids.length - 1);
  let done = 0;
  const tick = () => options.progress?.(++done, total);
  const finish = await measure(session, clock);
  const { losses } = await compareText(session, { ids }, limit, tick);
  const nll = mean(losses)!;
  return { tokens: losses.length, nll, perplexity: Math.exp(nll), ...(await finish()) };
}
