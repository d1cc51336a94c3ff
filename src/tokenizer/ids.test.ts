import { expect, test } from "vitest";
import { IdTokenizer } from "./ids.js";

const tokenizer = new IdTokenizer({ vocabularySize: 320, bosTokenId: 1 });

test("text is ids, separated", () => {
  expect(tokenizer.encode(" 12 7,\n319 ")).toEqual([12, 7, 319]);
  expect(tokenizer.decode([12, 7, 319])).toBe("12 7 319");
});

test("a stream goes on after the prompt", () => {
  const after = tokenizer.stream([12]);
  expect(after.push(7) + after.push(0) + after.end()).toBe(" 7 0");
  const first = tokenizer.stream();
  expect(first.push(7) + first.push(0) + first.end()).toBe("7 0");
});

test.each(["320", "-1", "1.5", "to", "1e2"])("%s is refused", (text) => {
  expect(() => tokenizer.encode(text)).toThrow(`"${text}" is no token id`);
});
