import { UserError } from "../diagnostics/diagnostic.js";
import { isObject, shown } from "../tensors/strict-json.js";

/** A model's shape and constants, from config.json; symbols of docs/checkpoints.md in brackets. */
export interface ModelConfig {
  /** Entries of the vocabulary [V]. */
  readonly vocabularySize: number;
  /** Elements of the residual stream [H]. */
  readonly hiddenSize: number;
  readonly layers: number;
  /** They only split the recurrence's input, so they change nothing in the arithmetic. */
  readonly heads: number;
  readonly expandRatio: number;
  /** Elements of the recurrence [D]: hiddenSize * expandRatio. */
  readonly inputSize: number;
  /** Elements of each half of the gated unit [I]. */
  readonly intermediateSize: number;
  readonly useLowerBound: boolean;
  readonly rmsNormEps: number;
  /** Absent when config.json says null. */
  readonly bosTokenId?: number;
  /** Absent when config.json says null. */
  readonly eosTokenId?: number;
  readonly tieWordEmbeddings: boolean;
  /** The gated unit's activation; "swish" and "silu" are two names of the same function. */
  readonly hiddenAct: "swish" | "silu";
  /** config.json as it was read. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** Largest sizes that are taken for serious; above them a config is damaged or hostile. */
const LIMITS = {
  vocab_size: 2 ** 22,
  hidden_size: 2 ** 16,
  num_hidden_layers: 2 ** 10,
  num_heads: 2 ** 16,
  expand_ratio: 2 ** 8,
  hidden_ratio: 2 ** 8,
  intermediate_size: 2 ** 18,
} as const;

/** What the published implementation takes where a key is absent. */
const DEFAULTS = {
  vocab_size: 32000,
  hidden_size: 2048,
  num_hidden_layers: 24,
  num_heads: 1,
  expand_ratio: 1,
  use_lower_bound: true,
  hidden_ratio: 4,
  rms_norm_eps: 1e-6,
  use_short_conv: false,
  bos_token_id: 1,
  eos_token_id: 2,
  tie_word_embeddings: false,
  hidden_act: "swish",
} as const;

const MODEL_TYPE = "hgrn_bit";
const ARCHITECTURE = "HGRNBitForCausalLM";

/**
 * Check a config.json and fill in what it leaves out.
 * @param file named in messages
 * @param json its parsed text
 * @throws UserError that lists everything that is wrong
 */
export function parseConfig(file: string, json: unknown): ModelConfig {
  if (!isObject(json)) {
    throw new UserError(
      `${file}: expected a JSON object, got ${shown(json)}`,
      "use the config.json of a Hugging Face checkpoint",
    );
  }
  const reader = new ConfigReader(json);
  reader.family();
  const vocabularySize = reader.integer("vocab_size");
  const hiddenSize = reader.integer("hidden_size");
  const layers = reader.integer("num_hidden_layers");
  const heads = reader.integer("num_heads");
  const expandRatio = reader.integer("expand_ratio");
  const useLowerBound = reader.boolean("use_lower_bound");
  const config: ModelConfig = {
    vocabularySize,
    hiddenSize,
    layers,
    heads,
    expandRatio,
    inputSize: hiddenSize * expandRatio,
    intermediateSize: reader.intermediateSize(hiddenSize),
    useLowerBound,
    rmsNormEps: reader.epsilon(),
    ...reader.tokenId("bosTokenId", "bos_token_id", vocabularySize),
    ...reader.tokenId("eosTokenId", "eos_token_id", vocabularySize),
    tieWordEmbeddings: reader.boolean("tie_word_embeddings"),
    hiddenAct: reader.activation(),
    json,
  };
  reader.combinations(config);
  if (reader.problems.length > 0) {
    throw new UserError(
      [`${file} describes a model that cannot be run:`, ...reader.problems].join("\n  - "),
      `use a checkpoint of ${ARCHITECTURE} (model_type "${MODEL_TYPE}")`,
    );
  }
  return config;
}

type SizeKey = keyof typeof LIMITS & keyof typeof DEFAULTS;
type BooleanKey = "use_lower_bound" | "use_short_conv" | "tie_word_embeddings";

/** Reads keys and collects what is wrong; a wrong value counts as the default from then on. */
class ConfigReader {
  readonly problems: string[] = [];

  constructor(private readonly json: Readonly<Record<string, unknown>>) {}

  family(): void {
    const type = this.json.model_type;
    if (type !== undefined && type !== MODEL_TYPE) {
      this.problems.push(`model_type is ${shown(type)}; expected "${MODEL_TYPE}"`);
    }
    const architectures = this.json.architectures;
    if (architectures === undefined || architectures === null) return;
    if (!Array.isArray(architectures) || !architectures.includes(ARCHITECTURE)) {
      this.problems.push(`architectures is ${shown(architectures)}; expected ["${ARCHITECTURE}"]`);
    }
  }

  integer(key: SizeKey): number {
    const value = this.value(key);
    if (isSize(value, LIMITS[key])) return value;
    this.problems.push(`${key} is ${shown(value)}; expected an integer in [1, ${LIMITS[key]}]`);
    return DEFAULTS[key];
  }

  boolean(key: BooleanKey): boolean {
    const value = this.value(key);
    if (typeof value === "boolean") return value;
    this.problems.push(`${key} is ${shown(value)}; expected true or false`);
    return DEFAULTS[key];
  }

  intermediateSize(hiddenSize: number): number {
    const given = this.json.intermediate_size;
    const limit = LIMITS.intermediate_size;
    if (given !== undefined && given !== null) {
      if (isSize(given, limit)) return given;
      this.problems.push(
        `intermediate_size is ${shown(given)}; expected null or an integer in [1, ${limit}]`,
      );
      return hiddenSize;
    }
    const ratio = this.json.hidden_ratio ?? DEFAULTS.hidden_ratio;
    if (typeof ratio !== "number" || !(ratio > 0 && ratio <= LIMITS.hidden_ratio)) {
      this.problems.push(
        `hidden_ratio is ${shown(ratio)}; expected a number in (0, ${LIMITS.hidden_ratio}]`,
      );
      return hiddenSize;
    }
    const size = 256 * Math.ceil(Math.floor((hiddenSize * ratio * 2) / 3) / 256);
    if (isSize(size, limit)) return size;
    this.problems.push(
      `hidden_size ${hiddenSize} and hidden_ratio ${ratio} give an intermediate size of ${size}; expected one in [1, ${limit}]`,
    );
    return hiddenSize;
  }

  epsilon(): number {
    const value = this.value("rms_norm_eps");
    if (typeof value === "number" && value > 0 && value <= 1) return value;
    this.problems.push(`rms_norm_eps is ${shown(value)}; expected a number in (0, 1]`);
    return DEFAULTS.rms_norm_eps;
  }

  tokenId<Name extends string>(
    name: Name,
    key: "bos_token_id" | "eos_token_id",
    vocabularySize: number,
  ): { [K in Name]?: number } {
    const value = this.json[key];
    if (value === null) return {};
    const id = value ?? DEFAULTS[key];
    // A default beyond a tiny vocabulary means that the model has no such token.
    if (value === undefined && DEFAULTS[key] >= vocabularySize) return {};
    if (Number.isInteger(id) && (id as number) >= 0 && (id as number) < vocabularySize) {
      return { [name]: id } as { [K in Name]?: number };
    }
    this.problems.push(
      `${key} is ${shown(id)}; expected null or an id in [0, ${vocabularySize - 1}]`,
    );
    return {};
  }

  activation(): "swish" | "silu" {
    const value = this.value("hidden_act");
    if (value === "swish" || value === "silu") return value;
    this.problems.push(
      `hidden_act is ${shown(value)}; expected "swish" or "silu", the only one of this architecture`,
    );
    return DEFAULTS.hidden_act;
  }

  combinations(config: ModelConfig): void {
    if (this.boolean("use_short_conv")) {
      this.problems.push(
        "use_short_conv is true, which the published implementation cannot run either: its convolution is called with more arguments than it takes",
      );
    }
    if (config.inputSize % config.heads !== 0) {
      this.problems.push(
        `num_heads ${config.heads} does not divide hidden_size * expand_ratio = ${config.inputSize}`,
      );
    }
    if (config.useLowerBound && config.expandRatio > 1 && config.layers > 1) {
      this.problems.push(
        `expand_ratio ${config.expandRatio} with use_lower_bound and ${config.layers} layers, which the published implementation cannot run either: the lower bounds have hidden_size = ${config.hiddenSize} entries a layer, the forget gate has ${config.inputSize}`,
      );
    }
  }

  private value(key: keyof typeof DEFAULTS): unknown {
    const value = this.json[key];
    return value === undefined ? DEFAULTS[key] : value;
  }
}

function isSize(value: unknown, limit: number): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= limit;
}
