import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { userError } from "../../test/support/errors.js";
import { decodeUtf8, parseJson, shown } from "./strict-json.js";

test("gives the value of every text that JSON.stringify writes", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(parseJson("f", text)).toEqual(JSON.parse(text));
    }),
  );
});

test("takes no text that JSON.parse refuses", async () => {
  const token = fc.constantFrom(...'{}[],:"\\ \n01e-.+tfn', "true", "null", '"a"', '"b":', "\\u00");
  await fc.assert(
    fc.asyncProperty(fc.array(token, { maxLength: 12 }), async (tokens) => {
      const text = tokens.join("");
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      if (!valid) await userError(() => parseJson("f", text, "help"));
    }),
    { numRuns: 2000 },
  );
});

describe("faults are named with their place", () => {
  test.each([
    ["", "1:1: expected a JSON value, found the end of the text"],
    ["{", "1:2: expected a key in double quotes, found the end of the text"],
    ['{"a":1,\n "b":2,\n "a":3}', '3:2: key "a" occurs twice'],
    ['{"x":{"a":1,"\\u0061":2}}', '1:13: key "a" occurs twice'],
    ['[{"a":1},{"a":1,}]', '1:17: expected a key in double quotes, found "}"'],
    ["[1 2]", '1:4: expected "," or "]", found "2"'],
    ['{"a" 1}', '1:6: expected ":", found "1"'],
    ["[01]", '1:3: expected "," or "]", found "1"'],
    ['["a\nb"]', '1:4: expected no control character in a string, found "\\n"'],
    ['["\\x"]', '1:3: expected a JSON escape, found "\\\\"'],
    ['["a', "1:2: string without an end"],
    ["1 2", '1:3: expected nothing after the JSON value, found "2"'],
    ["NaN", '1:1: expected a JSON value, found "N"'],
    ["[".repeat(600), "1:513: nested deeper than 512 levels"],
  ])("%j", async (text, expected) => {
    expect((await userError(() => parseJson("f.json", text, "help"))).message).toBe(
      `f.json:${expected}`,
    );
  });
});

test("keys of different objects may be the same, and __proto__ is a key like any other", () => {
  expect(parseJson("f", '[{"a":1},{"a":{"a":2}}]')).toEqual([{ a: 1 }, { a: { a: 2 } }]);
  expect(Object.keys(parseJson("f", '{"__proto__":1}') as object)).toEqual(["__proto__"]);
});

test("bytes that are no UTF-8 are refused", async () => {
  const error = await userError(() => decodeUtf8("f", Uint8Array.of(0x22, 0xff, 0x22), "help"));
  expect(error.message).toBe("f is not UTF-8 text");
  expect(decodeUtf8("f", Uint8Array.of(0xef, 0xbb, 0xbf, 0x31))).toBe("1");
});

test("long values are shown short", () => {
  expect(shown("a".repeat(100))).toHaveLength(60);
  expect(shown(undefined)).toBe("undefined");
});
