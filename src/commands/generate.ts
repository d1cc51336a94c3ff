import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../cli/base-command.js";
import { integer, parseInteger, real, runFlags } from "../cli/flags.js";
import { readText } from "../cli/input.js";
import { writeStandardOutput } from "../cli/output.js";
import { prose } from "../cli/prose.js";
import { formatSimulation } from "../cli/simulation.js";
import { formatSpeed } from "../cli/speed.js";
import { formatTiming } from "../cli/timing.js";
import { UsageError } from "../cli/usage-error.js";
import { UserError } from "../diagnostics/diagnostic.js";
import type { Sampling } from "../session/index.js";
import type { Tokenizer } from "../tokenizer/index.js";

const DEFAULT_TOKENS = 100;

export default class Generate extends BaseCommand {
  static override summary = "Let a model write text.";
  static override description =
    prose(`Runs a checkpoint (which is compiled first) or an image of one on the emulator, or on the simulated core with
--target rtl, and prints the text as it comes. Without a prompt the text starts from the model's begin-of-text token; it stops after --tokens
tokens, or at the model's end-of-text token.

By default the device itself takes the most likely token each time. With --temperature, --top-k, --top-p or
--seed the host draws from the device's logits.`);
  static override examples = [
    '<%= config.bin %> <%= command.id %> --prompt "ROMEO:"',
    '<%= config.bin %> <%= command.id %> models/shakespeare --prompt "Shall I" --temperature 0.8 --top-k 40 --seed 7',
    "<%= config.bin %> <%= command.id %> shakespeare.elf --tokens 200 --stats",
    "<%= config.bin %> <%= command.id %> models/shakespeare --tokens 16 --timing",
    "<%= config.bin %> <%= command.id %> models/shakespeare --target rtl --config tiny --tokens 8 --stats",
    'echo "To be, or" | <%= config.bin %> <%= command.id %> models/shakespeare --prompt-file - --json',
  ];
  static override enableJsonFlag = true;
  static override args = {
    model: Args.string({
      description: "folder of a checkpoint, or an image; default: the model that ternac comes with",
    }),
  };
  static override flags = {
    ...runFlags,
    prompt: Flags.string({
      char: "p",
      description: "text that the model continues",
      exclusive: ["prompt-file"],
    }),
    "prompt-file": Flags.string({
      helpValue: "<file>",
      description: "file with that text; - is standard input",
    }),
    tokens: integer({
      min: 0,
      description: "most tokens to generate",
      default: DEFAULT_TOKENS,
    }),
    temperature: real({
      helpValue: "<t>",
      description: "divides the logits before sampling: below 1 safer, above 1 wilder, 0 greedy",
      accepts: (value) => value >= 0 && Number.isFinite(value),
      expected: "number from 0 on",
    }),
    "top-k": integer({ min: 1, description: "sample from the n most likely tokens only" }),
    "top-p": real({
      helpValue: "<p>",
      description: "sample from the most likely tokens that together have probability p",
      accepts: (value) => value > 0 && value <= 1,
      expected: "number above 0 and at most 1",
    }),
    seed: Flags.custom<bigint>({
      description:
        "the same seed, model and prompt give the same text; default: a new one each time",
      helpValue: "<n>",
      parse: async (text) => parseSeed(text),
    })(),
    ids: Flags.boolean({
      description:
        "prompt and text are token ids, such as 12 7 300; default for made-up weights without a tokenizer",
    }),
    stats: Flags.boolean({ description: "print tokens, instructions and speed at the end" }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Generate);
    const sampling = samplingOf(flags);
    const promptText = await readPrompt(flags.prompt, flags["prompt-file"]);
    const { bundledModel, openModel, openSession } = await import("../cli/open-model.js");
    const { generate } = await import("../session/index.js");
    const { IdTokenizer } = await import("../tokenizer/index.js");
    const { checkTargetSettings } = await import("../cli/open-target.js");
    checkTargetSettings(flags);
    const folder = args.model ?? bundledModel(this.config.root);
    const model = await openModel(folder, flags, await this.caching(flags.cache));
    const tokenizer = flags.ids ? new IdTokenizer(model.config) : await model.tokenizer();
    const prompt = promptIds(tokenizer, promptText);
    // Progress would mix with the text, which goes to the same terminal.
    const shown = this.jsonEnabled() || !process.stdout.isTTY;
    const { session, opened } = await openSession(model, flags, this.targetPlaces, shown);

    const stream = tokenizer.stream(prompt);
    const tokens: number[] = [];
    const started = performance.now();
    const endToken = model.config.eosTokenId;
    const options = {
      prompt,
      count: flags.tokens,
      ...(endToken !== undefined && { endToken }),
      ...(sampling && { sampling }),
    };
    let text = "";
    const show = async (part: string) => {
      text += part;
      if (part !== "" && !this.jsonEnabled()) await writeStandardOutput(part);
    };
    if (!this.jsonEnabled()) await writeStandardOutput(promptText);
    try {
      for await (const token of generate(session, options)) {
        tokens.push(token);
        await show(stream.push(token));
      }
    } catch (error) {
      await opened.close(); // waves tell most of what went wrong
      throw error;
    }
    await show(stream.end());
    if (!this.jsonEnabled()) await writeStandardOutput("\n");

    const seconds = (performance.now() - started) / 1000;
    const instructions = await session.instructionsRetired();
    const speed = { fed: session.tokensFed, instructions, seconds };
    const simulation = flags.stats ? await opened.report() : undefined;
    const timing = opened.timing();
    await opened.close();
    if (flags.stats) this.logToStderr(formatSpeed(speed));
    if (timing) this.logToStderr(formatTiming(timing, session.tokensFed));
    if (simulation) this.logToStderr(formatSimulation(simulation, session.tokensFed));
    return {
      text,
      tokens,
      prompt: { text: promptText, tokens: prompt },
      stopped: tokens.at(-1) === endToken && tokens.length > 0 ? "end-of-text" : "tokens",
      ...(sampling && { sampling: { ...sampling, seed: sampling.seed.toString() } }),
      instructions,
      seconds,
      tokensPerSecond: session.tokensFed / seconds,
      ...(timing && { timing }),
      ...(simulation && { simulation }),
    };
  }
}

async function readPrompt(text = "", file: string | undefined): Promise<string> {
  return file === undefined ? text : readText(file);
}

/** The ids that the model is fed first: at least one. */
function promptIds(tokenizer: Tokenizer, text: string): number[] {
  const ids = text === "" ? [] : tokenizer.encode(text);
  if (ids.length > 0) return ids;
  if (tokenizer.bosTokenId === undefined)
    throw new UserError(
      "the model has no begin-of-text token to start an empty prompt from",
      "give a prompt with --prompt",
    );
  return [tokenizer.bosTokenId];
}

function parseSeed(text: string): bigint {
  const value = parseInteger(text);
  if (value === undefined) throw new UsageError(`"${text}" is no integer from 0 on`);
  return value;
}

/** How to sample, or undefined for the most likely token. */
function samplingOf(flags: {
  temperature?: number | undefined;
  "top-k"?: number | undefined;
  "top-p"?: number | undefined;
  seed?: bigint | undefined;
}): Sampling | undefined {
  const { temperature, "top-k": topK, "top-p": topP, seed } = flags;
  const greedy = temperature === 0;
  const asked = [temperature, topK, topP, seed].some((value) => value !== undefined);
  if (!asked || greedy) return undefined;
  return {
    temperature: temperature ?? 1,
    ...(topK !== undefined && { topK }),
    ...(topP !== undefined && { topP }),
    seed: seed ?? BigInt(Date.now()),
  };
}
