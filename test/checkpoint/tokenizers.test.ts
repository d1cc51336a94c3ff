import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { readConfig } from "../../src/checkpoint/index.js";
import { loadTokenizer, parseTokenizer, readTokenizerFile } from "../../src/tokenizer/index.js";
import { TemporaryFolders } from "../support/checkpoints.js";
import { userError } from "../support/errors.js";

const folders = new TemporaryFolders();
afterAll(() => folders.clean());

/** What the reference library (named in the file) makes of some texts. */
interface Expectation {
  readonly source: string;
  /** Absent: models/shakespeare/tokenizer.json. */
  readonly tokenizer?: object;
  readonly vocabularySize?: number;
  readonly cases: { text: string; ids: number[]; decoded: string }[];
}

const FOLDER = "test/checkpoint/tokenizers";
const expectations = readdirSync(FOLDER).filter((name) => name.endsWith(".tokens.json"));

describe.each(expectations)("%s", async (name) => {
  const expectation = JSON.parse(await readFile(join(FOLDER, name), "utf8")) as Expectation;
  const bytes = expectation.tokenizer
    ? Buffer.from(JSON.stringify(expectation.tokenizer))
    : await readFile("models/shakespeare/tokenizer.json");
  const vocabularySize = expectation.vocabularySize ?? 2048;
  const tokenizer = parseTokenizer(name, bytes, { vocabularySize });

  test.each(expectation.cases)("$text", ({ text, ids, decoded }) => {
    expect(tokenizer.encode(text)).toEqual(ids);
    expect(tokenizer.decode(ids)).toBe(decoded);
    const stream = tokenizer.stream();
    const pieces = ids.map((id) => stream.push(id));
    expect(pieces.join("") + stream.end()).toBe(decoded);
  });
});

describe("models/shakespeare", async () => {
  const config = await readConfig("models/shakespeare");
  const tokenizer = await loadTokenizer("models/shakespeare", config);

  test("knows its vocabulary and special tokens", () => {
    expect(tokenizer).toMatchObject({
      kind: "tokenizer.json",
      vocabularySize: 2048,
      bosTokenId: 0,
      eosTokenId: 1,
    });
  });

  test("any text survives a round trip", () => {
    // Special tokens are no text: they are left out when ids are decoded.
    const text = fc.string({ unit: "binary" }).filter((text) => !/<\/?s>/.test(text));
    fc.assert(
      fc.property(text, (text) => {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test("any ids stream to the text that they decode to", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2047 })), (ids) => {
        const stream = tokenizer.stream();
        const pieces = ids.map((id) => stream.push(id));
        expect(pieces.join("") + stream.end()).toBe(tokenizer.decode(ids));
      }),
      { numRuns: 300 },
    );
  });
});

test("after a prompt, the first word of a SentencePiece-like stream keeps its space", () => {
  const file = JSON.parse(readFileSync(join(FOLDER, "llama.tokens.json"), "utf8")) as Expectation;
  const bytes = Buffer.from(JSON.stringify(file.tokenizer));
  const vocabularySize = file.vocabularySize!;
  const tokenizer = parseTokenizer("llama", bytes, { vocabularySize });
  const ids = tokenizer.encode("the quick brown fox 😀");
  for (let split = 0; split < ids.length; split++) {
    const prompt = ids.slice(0, split);
    const stream = tokenizer.stream(prompt);
    const pieces = ids.slice(split).map((id) => stream.push(id));
    const context = tokenizer.decode(prompt).replace(/\ufffd+$/, "");
    expect(context + pieces.join("") + stream.end()).toBe("the quick brown fox 😀");
  }
});

describe("folders", () => {
  test("layer512 has the vocabulary of bytes", async () => {
    const tokenizer = await loadTokenizer("models/layer512", await readConfig("models/layer512"));
    expect(tokenizer.kind).toBe("bytes");
    expect(tokenizer.encode("To be")).toEqual([...Buffer.from("To be")]);
    expect(await readTokenizerFile("models/layer512")).toBeUndefined();
  });

  test("only a SentencePiece model is refused with the way to convert it", async () => {
    const folder = await folders.create();
    await writeFile(join(folder, "tokenizer.model"), "binary");
    const error = await userError(() => loadTokenizer(folder, { vocabularySize: 32000 }));
    expect(error.message).toContain("has only a SentencePiece tokenizer (tokenizer.model)");
    expect(error.help).toContain(`AutoTokenizer.from_pretrained("${folder}")`);
    expect(await readTokenizerFile(folder)).toBeUndefined();
  });

  test("no tokenizer", async () => {
    const folder = await folders.create();
    const error = await userError(() => loadTokenizer(folder, { vocabularySize: 32000 }));
    expect(error.message).toContain(`${folder} has no tokenizer.json`);
  });

  test("a tokenizer of another model", async () => {
    const folder = await folders.create();
    await writeFile(
      join(folder, "tokenizer.json"),
      await readFile("models/shakespeare/tokenizer.json"),
    );
    const error = await userError(() => loadTokenizer(folder, { vocabularySize: 2000 }));
    expect(error.message).toMatch(/has id 2\d\d\d; the model's vocabulary ends at 1999/);
  });
});
