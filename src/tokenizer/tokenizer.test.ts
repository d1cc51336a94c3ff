import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { succeeds, userError } from "../../test/support/errors.js";
import { parseTokenizer } from "./index.js";

const bytes = parseTokenizer("model", undefined, { vocabularySize: 256, bosTokenId: 0 });
const text = fc.string({ unit: "binary" });

/** A byte-level BPE whose merges are chosen so that the ids can be worked out by hand. */
const tiny = {
  version: "1.0",
  added_tokens: [{ id: 0, content: "</s>", special: true, normalized: false }],
  normalizer: null,
  pre_tokenizer: { type: "ByteLevel", add_prefix_space: false, use_regex: true },
  post_processor: null,
  decoder: { type: "ByteLevel" },
  model: {
    type: "BPE",
    vocab: { "</s>": 0, a: 1, b: 2, c: 3, Ġ: 4, ab: 5, bc: 6, abc: 7, Ġab: 8, Ã: 9, "©": 10 },
    merges: ["a b", "b c", "ab c", "Ġ ab"],
  },
};
const vocabularySize = 11;
const parse = (json: unknown, size = vocabularySize) =>
  parseTokenizer("tokenizer.json", Buffer.from(JSON.stringify(json)), { vocabularySize: size });

describe("bytes", () => {
  test("ids are UTF-8", () => {
    expect(bytes.kind).toBe("bytes");
    expect(bytes.bosTokenId).toBe(0);
    expect(bytes.encode("é!")).toEqual([0xc3, 0xa9, 0x21]);
  });

  test("decoding undoes encoding", () => {
    fc.assert(
      fc.property(text, (text) => {
        expect(bytes.decode(bytes.encode(text))).toBe(text);
      }),
    );
  });
});

describe("a stream", () => {
  test.each([
    ["bytes", bytes, 255],
    ["a tokenizer.json", parse(tiny), vocabularySize - 1],
  ])("of %s gives the text of the ids, whatever they are", (_, tokenizer, last) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: last })), (ids) => {
        const stream = tokenizer.stream();
        const pieces = ids.map((id) => stream.push(id));
        pieces.push(stream.end());
        expect(pieces.join("")).toBe(tokenizer.decode(ids));
      }),
      { numRuns: 3000 },
    );
  });

  test("never gives half a character", () => {
    const ids = bytes.encode("é漢😀!");
    const stream = bytes.stream();
    const pieces = ids.map((id) => stream.push(id));
    expect(pieces).toEqual(["", "é", "", "", "漢", "", "", "", "😀", "!"]);
    expect(stream.end()).toBe("");
    const json = parse(tiny).stream();
    expect([9, 10, 9, 1].map((id) => json.push(id))).toEqual(["", "é", "", "\ufffda"]);
  });

  test("gives a pending character at the end as U+FFFD", () => {
    for (const tokenizer of [bytes, parse(tiny)]) {
      const stream = tokenizer.stream();
      expect(stream.push(tokenizer === bytes ? 0xc3 : 9)).toBe("");
      expect(stream.end()).toBe("\ufffd");
    }
  });
});

describe("byte-level BPE, worked out by hand", () => {
  const tokenizer = parse(tiny);

  test.each([
    ["abc", [7]], // a b c -> ab c -> abc: "a b" has the better rank
    ["bc", [6]],
    ["abbc", [5, 6]],
    ["ab ab", [5, 8]],
    ["c abc", [3, 4, 7]], // Ġ a b c -> Ġ ab c, then "ab c" ranks before "Ġ ab"
    ["aab", [1, 5]],
    ["é", [9, 10]],
    ["ab</s>c", [5, 0, 3]],
    ["", []],
  ])("%j", (text, ids) => {
    expect(tokenizer.encode(text)).toEqual(ids);
    expect(tokenizer.decode(ids)).toBe(text.replace("</s>", ""));
  });

  test("ids without a token have no text", () => {
    const padded = parse(tiny, 64);
    expect(padded.decode([1, 40, 2])).toBe("ab");
    expect(padded.decode([40])).toBe("");
    expect(padded.stream().push(40)).toBe("");
  });
});

describe("wrong tokenizers", () => {
  const { model } = tiny;
  const withModel = (change: object) => ({ ...tiny, model: { ...model, ...change } });
  test.each<[string, unknown, string]>([
    ["no object", [], "expected a JSON object, got []"],
    ["no model", { ...tiny, model: undefined }, 'expected "model" to be an object'],
    ["unknown model", withModel({ type: "Magic" }), '"model.type" is "Magic"; expected one of BPE'],
    [
      "no vocabulary",
      withModel({ vocab: 3 }),
      'expected "model.vocab" to map tokens to ids, got 3',
    ],
    [
      "id beyond the vocabulary",
      withModel({ vocab: { z: 11 } }),
      'token "z" has id 11; the model\'s vocabulary ends at 10',
    ],
    ["huge id", withModel({ vocab: { z: 4e9 } }), "has id 4000000000"],
    [
      "negative id",
      withModel({ vocab: { z: -1 } }),
      'token "z" has id -1; expected a natural number',
    ],
    ["fractional id", withModel({ vocab: { z: 0.5 } }), "has id 0.5"],
    ["id of text", withModel({ vocab: { z: "1" } }), 'has id "1"; expected a natural number'],
    ["no merges", withModel({ merges: undefined }), 'expected "model.merges" to be a list'],
    ["merge of one", withModel({ merges: ["a b", "c"] }), 'merge 1 is "c"; expected two tokens'],
    ["merge of numbers", withModel({ merges: [[1, 2]] }), "merge 0 is [1,2]; expected two tokens"],
    ["merges of two kinds", withModel({ merges: ["a b", ["b", "c"]] }), 'merge 1 is ["b","c"]'],
    [
      "scores that are none",
      withModel({ type: "Unigram", vocab: [["a", "x"]] }),
      'entry 0 of the vocabulary is ["a","x"]; expected [token, score]',
    ],
    [
      "scores beyond the vocabulary",
      withModel({ type: "Unigram", vocab: Array.from({ length: 12 }, (_, i) => [`${i}`, 0]) }),
      'token "11" has id 11',
    ],
    [
      "added tokens of no list",
      { ...tiny, added_tokens: {} },
      'expected "added_tokens" to be a list',
    ],
    ["added token without text", { ...tiny, added_tokens: [{ id: 1 }] }, 'has no "content"'],
    [
      "added token beyond",
      { ...tiny, added_tokens: [{ id: 99, content: "x" }] },
      'token "x" has id 99',
    ],
    [
      "unknown pre-tokenizer",
      { ...tiny, pre_tokenizer: { type: "Nope" } },
      "is no tokenizer that can be used",
    ],
    [
      "pre-tokenizer of no object",
      { ...tiny, pre_tokenizer: 5 },
      "is no tokenizer that can be used",
    ],
    [
      "bad pattern",
      { ...tiny, pre_tokenizer: { type: "Split", pattern: { Regex: "(" }, behavior: "Isolated" } },
      "is no tokenizer that can be used",
    ],
    ["unknown decoder", { ...tiny, decoder: { type: "Nope" } }, "is no tokenizer that can be used"],
  ])("%s", async (_, json, expected) => {
    const error = await userError(() => parse(json));
    expect(error.message).toMatch(/^tokenizer\.json/);
    expect(error.message).toContain(expected);
  });

  test("no JSON, a key twice, no UTF-8", async () => {
    const of = (content: string | Uint8Array) =>
      userError(() => parseTokenizer("t.json", Buffer.from(content), { vocabularySize }));
    expect((await of("{")).message).toContain("t.json:1:2: expected a key");
    expect((await of('{"model":{},"model":{}}')).message).toContain('key "model" occurs twice');
    expect((await of(Uint8Array.of(0x22, 0xff))).message).toBe("t.json is not UTF-8 text");
  });

  test("any change of a value is either harmless or a UserError", async () => {
    const key = fc.constantFrom(...Object.keys(tiny), ...Object.keys(model));
    const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant({ type: "Sequence" }));
    await fc.assert(
      fc.asyncProperty(key, odd, async (key, value) => {
        const changed = key in model ? withModel({ [key]: value }) : { ...tiny, [key]: value };
        await succeeds(() => {
          const tokenizer = parse(changed);
          tokenizer.decode(tokenizer.encode("ab cé</s>"));
        });
      }),
      { numRuns: 500 },
    );
  });

  test("no tokenizer, and a vocabulary that is not that of bytes", async () => {
    const error = await userError(() => parseTokenizer("dir", undefined, { vocabularySize: 300 }));
    expect(error.message).toContain("dir has no tokenizer.json, and a vocabulary of 300");
  });
});
