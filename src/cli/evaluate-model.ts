import type { BoardReport } from "../board/index.js";
import type { CycleReport } from "../cycle-model/index.js";
import { compareTernary, type TernaryComparison } from "../inspect/index.js";
import type { RtlReport } from "../rtl/index.js";
import {
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  evaluateText,
  modelDescription,
  type Session,
  type TextEvaluation,
} from "../session/index.js";
import { readSafetensors } from "../tensors/index.js";
import type { ModelSettings, TargetSettings } from "./flags.js";
import { readText } from "./input.js";
import { type Caching, openModel, openSession, type RunnableModel } from "./open-model.js";
import { checkTargetSettings, type TargetPlaces } from "./open-target.js";
import { Progress } from "./progress.js";
import { formatProperties } from "./properties.js";
import { formatSimulation } from "./simulation.js";
import { formatTiming } from "./timing.js";

/** What the flags of `eval` say. */
export interface EvaluationSettings extends ModelSettings, TargetSettings {
  readonly limit?: number | undefined;
  readonly caching?: Caching | undefined;
  readonly places: TargetPlaces;
}

/** A model beside its reference, its weights included. */
export type ModelEvaluation = Evaluation &
  Simulated & { readonly ternary: TernaryComparison | null };

/** What the simulated core did, where that is what ran; or what the cycle model predicts, if asked for. */
interface Simulated {
  readonly simulation?: RtlReport | BoardReport;
  readonly timing?: CycleReport;
}

/** Compare a model with a reference file. @throws UserError */
export async function evaluateGolden(
  path: string,
  goldenFile: string,
  settings: EvaluationSettings,
): Promise<ModelEvaluation> {
  // First, so that a wrong file is told before the model is compiled.
  const golden = await readSafetensors(goldenFile);
  return withSession(path, settings, async (session, options, { image }) => {
    const evaluation = await evaluate(session, golden, modelDescription(image), options);
    const unused = evaluation.goldenUnused.filter((name) => name !== "ternary.*");
    return { ...evaluation, ternary: compareTernary(image, golden) ?? null, goldenUnused: unused };
  });
}

/** The perplexity of a text file. @throws UserError */
export async function evaluateOwnText(
  path: string,
  textFile: string,
  settings: EvaluationSettings,
): Promise<TextEvaluation & Simulated> {
  const text = await readText(textFile);
  return withSession(path, settings, async (session, options, model) => {
    const tokenizer = await model.tokenizer();
    return evaluateText(session, tokenizer.encode(text), options);
  });
}

async function withSession<Result extends object>(
  path: string,
  settings: EvaluationSettings,
  work: (session: Session, options: EvaluateOptions, model: RunnableModel) => Promise<Result>,
): Promise<Result & Simulated> {
  checkTargetSettings(settings);
  const model = await openModel(path, settings, settings.caching);
  const { session, opened } = await openSession(model, settings, settings.places, false);
  const progress = new Progress("evaluating, tokens");
  const options: EvaluateOptions = {
    ...(settings.limit !== undefined && { limit: settings.limit }),
    progress: (done, total) => progress.update(done, total),
  };
  try {
    const result = await work(session, options, model);
    const simulation = await opened.report();
    const timing = opened.timing();
    return { ...result, ...(simulation && { simulation }), ...(timing && { timing }) };
  } finally {
    progress.finish();
    await opened.close();
  }
}

/** The comparison for people. */
export function formatEvaluation(result: ModelEvaluation): string {
  const figure = (value: number | null, digits: number) =>
    value === null ? "not in the golden file" : value.toFixed(digits);
  const rows: [string, string][] = [
    ["positions", result.tokens.toLocaleString("en")],
    ["nll", figure(result.nll, 5)],
    ["nll of the reference", figure(result.nllReference, 5)],
    ["same most likely token", figure(result.argmaxAgreement, 4)],
    ["cosine of the logits", figure(result.logitsCosine, 6)],
    ...result.greedy.map(({ prompt, tokens, identical }): [string, string] => [
      `generated text of ${prompt}`,
      `${identical} of ${tokens} tokens until the first difference`,
    ]),
    ...speedRows(result),
  ];
  if (result.ternary) {
    const { matrices, identical, different } = result.ternary;
    const others = different.length > 0 ? `; not: ${different.join(", ")}` : "";
    rows.push(["same ternary matrices", `${identical} of ${matrices}${others}`]);
  }
  if (result.goldenUnused.length > 0) rows.push(["not compared", result.goldenUnused.join(", ")]);
  if (result.goldenLacks.length > 0)
    rows.push(["the golden file lacks", result.goldenLacks.join(", ")]);
  return withSimulation(formatProperties(rows), result);
}

/** A text's perplexity for people. */
export function formatTextEvaluation(result: TextEvaluation & Simulated): string {
  const properties = formatProperties([
    ["tokens", result.tokens.toLocaleString("en")],
    ["nll", result.nll.toFixed(5)],
    ["perplexity", result.perplexity.toFixed(3)],
    ...speedRows(result),
  ]);
  return withSimulation(properties, result);
}

function withSimulation(
  text: string,
  { simulation, timing, ...result }: (TextEvaluation | Evaluation) & Simulated,
): string {
  const tokens = Math.round(result.instructions / result.instructionsPerToken);
  const parts = [
    text,
    ...(timing ? [formatTiming(timing, tokens)] : []),
    ...(simulation ? [formatSimulation(simulation, tokens)] : []),
  ];
  return parts.join("\n\n");
}

function speedRows(result: TextEvaluation | Evaluation): [string, string][] {
  return [
    ["tokens/s", result.tokensPerSecond.toFixed(1)],
    ["instructions", result.instructions.toLocaleString("en")],
    ["instructions a token", Math.round(result.instructionsPerToken).toLocaleString("en")],
  ];
}
