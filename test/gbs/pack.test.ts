/** GBS files that are written, beside those of the public packager. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gbsHeader, MAGIC, readGbs } from "../../src/gbs/index.js";
import { parseJsonTree } from "../../src/gbs/json-tree.js";
import { pythonJson } from "../../src/gbs/python-json.js";
import { userError } from "../support/errors.js";

const folder = join(import.meta.dirname, "packager");
const read = (name: string) => readFileSync(join(folder, name));
const names = readdirSync(folder).filter((name) => name.endsWith(".json"));

/** A description that can be packed, with changes. */
function description(change: (afu: Record<string, unknown>) => void = () => {}): string {
  const image = {
    power: 0,
    "interface-uuid": "9346116d-a52d-5ca8-b06a-a9a389ef7c8d",
    "accelerator-clusters": [
      {
        name: "ternac",
        "total-contexts": 1,
        "accelerator-type-uuid": "3f1c5a84-7e0b-4d9c-a3b5-0c6d1e8f9a27",
      },
    ],
  };
  change(image);
  return JSON.stringify({ version: 1, "afu-image": image });
}

describe("the files of the public packager", () => {
  it.each(names)("%s is packed to the same bytes", (name) => {
    const set = read(name.replace(".json", ".set"))
      .toString()
      .trim()
      .split("\n")
      .map((line) => line.split(":") as [string, string]);
    const header = gbsHeader({ file: name, description: read(name).toString(), set });
    const expected = read(name.replace(".json", ".gbs"));
    expect(Buffer.concat([header, read("bitstream.rbf")]).equals(expected)).toBe(true);
  });

  it.each(names)("%s is read again", (name) => {
    const gbs = readGbs(name, read(name.replace(".json", ".gbs")));
    expect(Buffer.from(gbs.payload).equals(read("bitstream.rbf"))).toBe(true);
    expect(gbs.signed).toBe(false);
  });

  it("say what was packed", () => {
    const { metadata } = readGbs("two", read("two-clusters.gbs"));
    expect(metadata).toEqual({
      platformName: "DCP",
      interfaceUuid: "bfaf2ae9-4a52-46e3-82fe-38f0f9e17764",
      power: 0,
      clusters: [1, 2].map((n) => ({
        name: n === 1 ? "a" : "b",
        totalContexts: n,
        acceleratorTypeUuid: `00000000-0000-0000-0000-00000000000${n}`,
      })),
    });
    expect(readGbs("plain", read("plain.gbs")).metadata).toMatchObject({
      clockFrequencyHigh: 300,
      clockFrequencyLow: 150,
    });
  });
});

describe("gbsHeader", () => {
  it("gives back what went in", () => {
    const key = fc.string({ minLength: 1 }).filter((name) => name !== "__proto__");
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 80 }),
        fc.uuid(),
        fc.uuid(),
        fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
        fc.dictionary(key, fc.jsonValue(), { maxKeys: 4 }),
        fc.uint8Array({ minLength: 1 }),
        (name, afu, shell, contexts, extra, payload) => {
          const text = description((image) => {
            Object.assign(image, { "interface-uuid": shell, extra });
            image["accelerator-clusters"] = [
              { name, "total-contexts": contexts, "accelerator-type-uuid": afu.toUpperCase() },
            ];
          });
          const header = gbsHeader({ file: "d", description: text });
          const gbs = readGbs("g", Buffer.concat([header, payload]));
          expect(gbs.metadata).toEqual({
            interfaceUuid: shell,
            power: 0,
            clusters: [{ name, totalContexts: contexts, acceleratorTypeUuid: afu }],
          });
          expect([...gbs.payload]).toEqual([...payload]);
          // Packing what was unpacked changes nothing.
          const json = header.subarray(20);
          const again = gbsHeader({ file: "d", description: new TextDecoder().decode(json) });
          expect(Buffer.from(again).equals(header)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each<[string, string, [string, string][], string]>([
    ["no power", description((i) => delete i.power), [], "afu-image.power is missing"],
    [
      "no shell",
      description((i) => delete i["interface-uuid"]),
      [],
      "afu-image.interface-uuid is missing, expected a UUID",
    ],
    [
      "a clock to be found out",
      description((i) => Object.assign(i, { "clock-frequency-low": "auto-200" })),
      [],
      'afu-image.clock-frequency-low is "auto-200", expected the frequency that was reached',
    ],
    [
      "an interface without a class",
      description((i) => Object.assign(i, { "afu-top-interface": {} })),
      [],
      "afu-image.afu-top-interface.class is no string",
    ],
    ["another magic number", description(), [["afu-image/magic-no", "5"]], `expected ${MAGIC}`],
    ["a value that is no UUID", description(), [["afu-image/interface-uuid", "0x5"]], "is 5"],
    [
      "too much",
      description((i) => Object.assign(i, { note: "x".repeat(8000) })),
      [],
      "expected less than 8192",
    ],
    ["no JSON", "{", [], "d:1:2: expected a key"],
    ["no object", "[]", [], "the whole is an array, expected an object"],
  ])("refuses %s", async (_, text, set, message) => {
    const error = await userError(() => gbsHeader({ file: "d", description: text, set }));
    expect(error.message).toContain(message);
  });
});

describe("pythonJson", () => {
  it.each([
    ["1", "1"],
    ["-0", "0"],
    ["-0.0", "-0.0"],
    ["1.0", "1.0"],
    ["1e0", "1.0"],
    ["1E5", "100000.0"],
    ["123456789012345678901234567890", "123456789012345678901234567890"],
    ["1e15", "1000000000000000.0"],
    ["1e16", "1e+16"],
    ["1.5e300", "1.5e+300"],
    ["0.0001", "0.0001"],
    ["0.00001234", "1.234e-05"],
    ["0.1", "0.1"],
    ["5e-324", "5e-324"],
    ['[1,{"a":true}]', '[1, {"a": true}]'],
    ['"\\u00e9\\/\\u007f\\b"', '"\\u00e9/\\u007f\\b"'],
  ])("writes %s as Python does", (text, expected) => {
    expect(pythonJson(parseJsonTree("t", text))).toBe(expected);
  });

  it("changes no value", () => {
    // JSON.parse keeps the sign of -0, which Python's integers have not: + 0 drops it.
    const unsigned = (_: string, value: unknown) => (typeof value === "number" ? value + 0 : value);
    fc.assert(
      fc.property(fc.json(), (text) => {
        const written = pythonJson(parseJsonTree("t", text));
        expect(JSON.parse(written, unsigned)).toEqual(JSON.parse(text, unsigned));
      }),
      { numRuns: 300 },
    );
  });
});
