import { mkdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import {
  rawSafetensors,
  safetensorsBytes,
  TemporaryFolders,
} from "../../test/support/checkpoints.js";
import { succeeds, userError } from "../../test/support/errors.js";
import { memorySource } from "./byte-source.js";
import type { Tensor } from "./elements.js";
import { readSafetensors, SafetensorsFile } from "./safetensors.js";
import { writeSafetensors } from "./safetensors-writer.js";

const folders = new TemporaryFolders();
afterAll(() => folders.clean());

const open = (bytes: Uint8Array) => SafetensorsFile.from(memorySource("f.safetensors", bytes));

/** A header with one tensor that is right but for the given keys. */
const one = (entry: object, data = 8) =>
  rawSafetensors(
    JSON.stringify({ w: { dtype: "F32", shape: [2], data_offsets: [0, 8], ...entry } }),
    data,
  );

const tensor = fc
  .tuple(
    fc.constantFrom("F32", "F16", "BF16", "I32", "I8", "F64", "I64", "U16"),
    fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
  )
  .map(([type, shape]): Tensor => {
    const count = shape.reduce((a, b) => a * b, 1);
    const values = Array.from({ length: count }, (_, i) => i - 3);
    switch (type) {
      case "F32":
      case "F16":
      case "BF16":
        return { type, shape, data: Float32Array.from(values) };
      case "F64":
        return { type, shape, data: Float64Array.from(values) };
      case "I64":
        return { type, shape, data: BigInt64Array.from(values.map(BigInt)) };
      case "I32":
        return { type, shape, data: Int32Array.from(values) };
      case "U16":
        return { type, shape, data: Uint16Array.from(values) };
      default:
        return { type: "I8", shape, data: Int8Array.from(values) };
    }
  });

test("reads what the writer wrote, whatever the names, types and shapes", async () => {
  const folder = await folders.create();
  const path = join(folder, "all.safetensors");
  const name = fc.string({ unit: "binary" }).filter((text) => text !== "__metadata__");
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(name, tensor), { selector: ([n]) => n }),
      async (list) => {
        const tensors = new Map(list);
        await writeFile(path, Buffer.concat(writeSafetensors(tensors, { made: "by a test" })));
        expect(await readSafetensors(path)).toEqual(tensors);
      },
    ),
    { numRuns: 60 },
  );
});

test("reads part of a tensor", async () => {
  const data = Float32Array.of(0, 1, 2, 3, 4, 5);
  for (const type of ["F32", "F16", "BF16"] as const) {
    const file = await open(safetensorsBytes(new Map([["w", { type, shape: [2, 3], data }]])));
    const part = new Float32Array(3);
    await file.readWeights("w", 2, part);
    expect([...part]).toEqual([2, 3, 4]);
    await expect(file.readWeights("w", 4, part)).rejects.toThrow(RangeError);
  }
});

test("metadata and tensor descriptions are readable before any data is", async () => {
  const file = await open(one({}));
  expect(file.tensors.get("w")).toEqual({ name: "w", type: "F32", shape: [2], begin: 0, end: 8 });
  expect(file.metadata).toEqual({});
});

describe("wrong files", () => {
  const two = (a: [number, number], b: [number, number], data: number) =>
    rawSafetensors(
      JSON.stringify({
        a: { dtype: "U8", shape: [a[1] - a[0]], data_offsets: a },
        b: { dtype: "U8", shape: [b[1] - b[0]], data_offsets: b },
      }),
      data,
    );
  test.each<[string, Uint8Array, string]>([
    ["empty", new Uint8Array(0), "f.safetensors has 0 bytes; a safetensors file has at least 8"],
    ["cut in the length", new Uint8Array(5), "has 5 bytes"],
    [
      "header beyond the file",
      rawSafetensors("{}", 0, 1000n),
      "claims 1000 bytes, but only 2 follow",
    ],
    [
      "header of 2^63",
      rawSafetensors("{}", 0, 2n ** 63n),
      "claims 9223372036854775808 bytes; at most 100000000",
    ],
    [
      "another kind of file",
      Buffer.from("PK\u0003\u0004 not at all a tensor file"),
      "at most 100000000 are allowed",
    ],
    [
      "no JSON",
      rawSafetensors("{nonsense}"),
      '(header):1:2: expected a key in double quotes, found "n"',
    ],
    [
      "no UTF-8",
      rawSafetensors("\u{1f600}").subarray(0, 10),
      "header claims 4 bytes, but only 2 follow",
    ],
    ["an array", rawSafetensors("[]"), "(header): expected a JSON object"],
    ["empty header", rawSafetensors(""), "expected a JSON value, found the end of the text"],
    ["duplicate tensor", rawSafetensors('{"a":{},"a":{}}'), '(header):1:9: key "a" occurs twice'],
    [
      "duplicate key of a tensor",
      rawSafetensors('{"a":{"dtype":"F32","dtype":"F16"}}'),
      'key "dtype" occurs twice',
    ],
    [
      "metadata of numbers",
      rawSafetensors('{"__metadata__":{"a":1}}'),
      'expected "__metadata__" to map strings to strings',
    ],
    [
      "tensor of no object",
      rawSafetensors('{"w":3}'),
      'tensor "w": expected an object with dtype, shape and data_offsets',
    ],
    ["unknown dtype", one({ dtype: "F31" }), 'unknown dtype "F31"; expected one of BOOL, U8'],
    ["dtype of no string", one({ dtype: ["F32"] }), 'unknown dtype ["F32"]'],
    ["dtype of a prototype", one({ dtype: "constructor" }), 'unknown dtype "constructor"'],
    [
      "missing shape",
      one({ shape: undefined }),
      "expected shape to be a list of sizes, got undefined",
    ],
    ["negative size", one({ shape: [-2] }), "expected shape to be a list of sizes, got [-2]"],
    ["fractional size", one({ shape: [0.5, 4] }), "expected shape to be a list of sizes"],
    ["size beyond 2^53", one({ shape: [1e300] }), "expected shape to be a list of sizes"],
    [
      "shape that overflows",
      one({ shape: [2 ** 40, 2 ** 40] }),
      "takes more than 2^53 bytes, but data_offsets hold 8",
    ],
    [
      "shape that wraps to the right size",
      one({ shape: [2 ** 32, 2 ** 32, 2] }),
      "takes more than 2^53 bytes",
    ],
    ["shape too small", one({ shape: [1] }), "F32 [1] takes 4 bytes, but data_offsets hold 8"],
    ["wrong dtype size", one({ dtype: "F16" }), "F16 [2] takes 4 bytes, but data_offsets hold 8"],
    [
      "three offsets",
      one({ data_offsets: [0, 4, 8] }),
      "expected data_offsets to be [begin, end], got [0,4,8]",
    ],
    [
      "offsets reversed",
      one({ data_offsets: [8, 0] }),
      "data_offsets [8, 0] are not within the data's 8 bytes",
    ],
    [
      "offsets beyond the data",
      one({}, 4),
      "data_offsets [0, 8] are not within the data's 4 bytes",
    ],
    [
      "bytes after the last tensor",
      one({}, 12),
      "the last 4 bytes of the data belong to no tensor",
    ],
    [
      "no tensors but data",
      rawSafetensors("{}", 3),
      "the last 3 bytes of the data belong to no tensor",
    ],
    [
      "a hole",
      two([0, 4], [6, 8], 8),
      'bytes 4 to 6 of the data, before tensor "b", belong to no tensor',
    ],
    ["a hole at the start", two([1, 4], [4, 8], 8), 'bytes 0 to 1 of the data, before tensor "a"'],
    ["an overlap", two([0, 6], [4, 8], 8), 'tensors "a" and "b" overlap at byte 4 of the data'],
    ["the same bytes twice", two([0, 8], [0, 8], 8), 'tensors "a" and "b" overlap at byte 0'],
  ])("%s", async (_, bytes, expected) => {
    const error = await userError(() => open(bytes));
    expect(error.message).toContain("f.safetensors");
    expect(error.message).toContain(expected);
  });

  test("no path, a folder, no tensor of that name, no weights", async () => {
    const folder = await folders.create();
    const missing = await userError(() => SafetensorsFile.open(join(folder, "none")));
    expect(missing.message).toBe(`${join(folder, "none")} does not exist`);
    await mkdir(join(folder, "sub"));
    const sub = await userError(() => SafetensorsFile.open(join(folder, "sub")));
    expect(sub.message).toContain("is not a regular file");
    const file = await open(one({ dtype: "I32" }));
    expect((await userError(() => file.read("v"))).message).toContain('has no tensor "v"');
    const weights = await userError(() => file.readWeights("w", 0, new Float32Array(1)));
    expect(weights.message).toContain('tensor "w" has type I32; expected F32, F16, BF16');
  });

  test("a file that shrinks while it is open", async () => {
    const path = join(await folders.create(), "w.safetensors");
    await writeFile(path, one({}));
    const file = await SafetensorsFile.open(path);
    await truncate(path, one({}).length - 4);
    expect((await userError(() => file.read("w"))).message).toContain("ends before byte");
    await file.close();
  });

  test("any damage is either harmless or a UserError", async () => {
    const good = safetensorsBytes(
      new Map([
        ["a", { type: "F32", shape: [2, 2], data: new Float32Array(4) }],
        ["b", { type: "I8", shape: [3], data: new Int8Array(3) }],
      ]),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.nat(good.length),
        async (changes, cut) => {
          const bytes = new Uint8Array(good);
          for (const [at, value] of changes) bytes[at] = value;
          await succeeds(() => open(bytes));
          expect(await succeeds(() => open(bytes.subarray(0, cut)))).toBe(
            cut === good.length && (await succeeds(() => open(bytes))),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
