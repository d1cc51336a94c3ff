import { describe, expect, test } from "vitest";
import { userError } from "../../test/support/errors.js";
import { parseConfig } from "./config.js";

const parse = (json: unknown) => parseConfig("config.json", json);
const base = { model_type: "hgrn_bit", vocab_size: 100, hidden_size: 64, num_hidden_layers: 2 };

test("what config.json leaves out is what the published implementation takes", () => {
  expect(parse({})).toEqual({
    vocabularySize: 32000,
    hiddenSize: 2048,
    layers: 24,
    heads: 1,
    expandRatio: 1,
    inputSize: 2048,
    intermediateSize: 5632,
    useLowerBound: true,
    rmsNormEps: 1e-6,
    bosTokenId: 1,
    eosTokenId: 2,
    tieWordEmbeddings: false,
    hiddenAct: "swish",
    json: {},
  });
});

test.each([
  [{ hidden_size: 1024 }, 2816],
  [{ hidden_size: 2048 }, 5632],
  [{ hidden_size: 2560 }, 6912],
  [{ hidden_size: 512 }, 1536],
  [{ hidden_size: 320, hidden_ratio: 3 }, 768],
  [{ hidden_size: 100, hidden_ratio: 1.5 }, 256],
  [{ hidden_size: 96, hidden_ratio: null }, 256],
  [{ hidden_size: 256, intermediate_size: 720 }, 720],
])("intermediate size of %j is %i", (json, expected) => {
  expect(parse(json).intermediateSize).toBe(expected);
});

test("sizes that need no power of two, heads, and expansion without lower bounds", () => {
  const config = parse({
    ...base,
    hidden_size: 90,
    num_heads: 2,
    expand_ratio: 2,
    use_lower_bound: false,
    hidden_act: "silu",
  });
  expect(config).toMatchObject({ heads: 2, expandRatio: 2, inputSize: 180, hiddenAct: "silu" });
});

test("one layer may have both expansion and lower bounds: it uses none", () => {
  expect(parse({ ...base, num_hidden_layers: 1, expand_ratio: 2 }).inputSize).toBe(128);
});

test("token ids that are null are absent, and so are defaults beyond the vocabulary", () => {
  const config = parse({ ...base, vocab_size: 2, eos_token_id: null });
  expect(config.bosTokenId).toBe(1);
  expect("eosTokenId" in config).toBe(false);
  expect("bosTokenId" in parse({ ...base, vocab_size: 1 })).toBe(false);
});

describe("what cannot be run is refused with the reason", () => {
  test.each<[object, string]>([
    [{ model_type: "llama" }, 'model_type is "llama"; expected "hgrn_bit"'],
    [{ architectures: ["LlamaForCausalLM"] }, 'expected ["HGRNBitForCausalLM"]'],
    [{ architectures: "HGRNBitForCausalLM" }, 'architectures is "HGRNBitForCausalLM"'],
    [{ vocab_size: "100" }, 'vocab_size is "100"; expected an integer in [1, 4194304]'],
    [{ hidden_size: 64.5 }, "hidden_size is 64.5; expected an integer in [1, 65536]"],
    [{ hidden_size: 0 }, "hidden_size is 0"],
    [{ hidden_size: null }, "hidden_size is null"],
    [{ num_hidden_layers: -1 }, "num_hidden_layers is -1"],
    [
      { num_hidden_layers: 1e9 },
      "num_hidden_layers is 1000000000; expected an integer in [1, 1024]",
    ],
    [{ num_heads: 3 }, "num_heads 3 does not divide hidden_size * expand_ratio = 64"],
    [{ expand_ratio: 1.5, use_lower_bound: false }, "expand_ratio is 1.5; expected an integer"],
    [{ expand_ratio: 2 }, "expand_ratio 2 with use_lower_bound and 2 layers, which the published"],
    [
      { use_short_conv: true },
      "use_short_conv is true, which the published implementation cannot run",
    ],
    [{ use_short_conv: 1 }, "use_short_conv is 1; expected true or false"],
    [{ use_lower_bound: "yes" }, 'use_lower_bound is "yes"; expected true or false'],
    [{ tie_word_embeddings: null }, "tie_word_embeddings is null; expected true or false"],
    [{ intermediate_size: -8 }, "intermediate_size is -8; expected null or an integer"],
    [{ hidden_ratio: "4" }, 'hidden_ratio is "4"; expected a number in (0, 256]'],
    [{ hidden_ratio: 0 }, "hidden_ratio is 0"],
    [{ hidden_size: 65536, hidden_ratio: 256 }, "give an intermediate size of 11184896; expected"],
    [{ rms_norm_eps: 0 }, "rms_norm_eps is 0; expected a number in (0, 1]"],
    [{ rms_norm_eps: "1e-6" }, 'rms_norm_eps is "1e-6"'],
    [{ hidden_act: "gelu" }, 'hidden_act is "gelu"; expected "swish" or "silu"'],
    [{ bos_token_id: 100 }, "bos_token_id is 100; expected null or an id in [0, 99]"],
    [{ eos_token_id: [1, 2] }, "eos_token_id is [1,2]; expected null or an id in [0, 99]"],
  ])("%j", async (json, expected) => {
    const error = await userError(() => parse({ ...base, ...json }));
    expect(error.message).toMatch(/^config\.json describes a model that cannot be run:/);
    expect(error.message).toContain(expected);
    // Nothing else is wrong with it.
    expect(error.message.split("\n")).toHaveLength(2);
  });

  test("everything that is wrong is listed at once", async () => {
    const error = await userError(() =>
      parse({ ...base, model_type: "x", hidden_size: -1, num_heads: 7, hidden_act: "relu" }),
    );
    expect(error.message.split("\n  - ")).toHaveLength(5);
  });

  test.each([[null], [[]], ["x"], [3]])("%j is no configuration", async (json) => {
    expect((await userError(() => parse(json))).message).toContain("expected a JSON object");
  });
});
