/** What is wrong with a GBS file, field by field, and that no bytes at all crash the reader. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAGIC, readGbs } from "../../src/gbs/index.js";
import { succeeds, userError } from "../support/errors.js";

const valid = readFileSync(join(import.meta.dirname, "packager/plain.gbs"));
const metadataLength = valid.readUInt32LE(16);
const metadata = () => JSON.parse(valid.subarray(20, 20 + metadataLength).toString());

/** A file with other metadata. */
function file(text: string | Uint8Array, payload: Uint8Array = Buffer.from("bitstream")): Buffer {
  const json = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([valid.subarray(0, 16), length, json, payload]);
}

type Field = readonly (string | number)[];

/** The metadata with one value replaced, or removed when it is undefined. */
function changed(path: Field, value: unknown): Buffer {
  const root = metadata();
  let at = root;
  for (const key of path.slice(0, -1)) at = at[key];
  if (value === undefined) delete at[path.at(-1)!];
  else at[path.at(-1)!] = value;
  return file(JSON.stringify(root));
}

/** The same, as text instead of a value: what JavaScript would not write. */
const written = (from: string, to: string) => file(JSON.stringify(metadata()).replace(from, to));

const withByte = (offset: number, byte: number) => {
  const bytes = Buffer.from(valid);
  bytes[offset] = byte;
  return bytes;
};
const withLength = (length: number) => {
  const bytes = Buffer.from(valid);
  bytes.writeUInt32LE(length, 16);
  return bytes;
};
const legacy = () => {
  const bytes = Buffer.from(valid);
  bytes.writeUInt32LE(MAGIC);
  return bytes;
};

const IMAGE = "afu-image";
const CLUSTERS = "accelerator-clusters";
const UUID_EXPECTED = "expected a UUID such as";

describe("readGbs", () => {
  it.each<[string, Uint8Array, string]>([
    ["an empty file", new Uint8Array(), "f has 0 bytes, expected 20 at least"],
    ["a file of 19 bytes", valid.subarray(0, 19), "f has 19 bytes, expected 20 at least"],
    ["another first byte", withByte(0, 0), "it begins with 0065"],
    ["another last byte of the GUID", withByte(15, 0x32), "expected 58656f6e-4650-4741-b747-"],
    ["the old format", legacy(), "GBS file of the old format"],
    ["no metadata", withLength(0), "byte 16: the metadata's length is 0"],
    ["too long metadata", withLength(8192), "is 8192 bytes, expected less than 8192"],
    [
      "a length beyond the end",
      withLength(8191),
      `is 8191 bytes, but only ${valid.length - 20} follow it`,
    ],
    [
      "a length one too small",
      withLength(metadataLength - 1),
      'expected "," or "}", found the end',
    ],
    ["a length one too large", withLength(metadataLength + 1), "NUL, expected JSON text without"],
    ["no bitstream", valid.subarray(0, 20 + metadataLength), "nothing follows the metadata"],
    ["bytes that are no UTF-8", file(Buffer.from([0x7b, 0xff, 0x7d])), "is not UTF-8"],
    ["a NUL inside", file('{"a": "\0"}'), "byte 27 of the metadata is NUL"],
    ["no JSON", file("{version: 1}"), "metadata:1:2: expected a key in double quotes"],
    ["a key twice", file('{"version": 1, "version": 1}'), 'key "version" occurs twice'],
    ["a list", file("[]"), "the whole is an array, expected an object"],
    ["no version", changed(["version"], undefined), "version is missing, expected the integer 1"],
    ["version 2", changed(["version"], 2), "version is 2, expected the integer 1"],
    ["version 1.0", written('"version":1', '"version":1.0'), "version is 1.0, expected"],
    ["a version in quotes", changed(["version"], "1"), 'version is "1", expected'],
    ["no image", changed([IMAGE], undefined), "afu-image is missing, expected an object"],
    ["an image that is a list", changed([IMAGE], []), "afu-image is an array, expected an object"],
    [
      "no magic number",
      changed([IMAGE, "magic-no"], undefined),
      `afu-image.magic-no is missing, expected ${MAGIC}`,
    ],
    ["another magic number", changed([IMAGE, "magic-no"], MAGIC + 1), "magic-no is 488605313"],
    [
      "a magic number with a point",
      written(`"magic-no":${MAGIC}`, `"magic-no":${MAGIC}.0`),
      "magic-no is 488605312.0",
    ],
    [
      "no interface UUID",
      changed([IMAGE, "interface-uuid"], undefined),
      `afu-image.interface-uuid is missing, ${UUID_EXPECTED}`,
    ],
    [
      "a short interface UUID",
      changed([IMAGE, "interface-uuid"], "9346116d-a52d"),
      `afu-image.interface-uuid is "9346116d-a52d", ${UUID_EXPECTED}`,
    ],
    ["a UUID that is a number", changed([IMAGE, "interface-uuid"], 7), "interface-uuid is 7"],
    [
      "a clock in words",
      changed([IMAGE, "clock-frequency-high"], "fast"),
      'afu-image.clock-frequency-high is "fast", expected a number',
    ],
    [
      "a clock to be found out",
      changed([IMAGE, "clock-frequency-high"], "auto"),
      'clock-frequency-high is "auto", expected the frequency that was reached',
    ],
    [
      "a negative clock",
      changed([IMAGE, "clock-frequency-low"], -1),
      "clock-frequency-low is -1, expected a frequency",
    ],
    [
      "a clock without end",
      written('"clock-frequency-high":300', '"clock-frequency-high":1e999'),
      "high is 1e999, expected a number",
    ],
    ["power in words", changed([IMAGE, "power"], "much"), 'afu-image.power is "much"'],
    ["a platform's number", changed(["platform-name"], 3), "platform-name is 3, expected a string"],
    ["no accelerators", changed([IMAGE, CLUSTERS], undefined), `${CLUSTERS} is missing, expected`],
    ["an empty list of them", changed([IMAGE, CLUSTERS], []), "expected one accelerator at least"],
    [
      "an object of them",
      changed([IMAGE, CLUSTERS], {}),
      `${CLUSTERS} is an object, expected a list`,
    ],
    ["a string among them", changed([IMAGE, CLUSTERS, 0], "x"), `${CLUSTERS}[0] is "x"`],
    ["no name", changed([IMAGE, CLUSTERS, 0, "name"], undefined), "[0].name is missing"],
    [
      "a name that overflows the driver's buffer",
      changed([IMAGE, CLUSTERS, 0, "name"], "x".repeat(512)),
      "expected a name of less than 512 bytes",
    ],
    [
      "no contexts",
      changed([IMAGE, CLUSTERS, 0, "total-contexts"], undefined),
      "[0].total-contexts is missing, expected an integer of 32 bits",
    ],
    [
      "half a context",
      changed([IMAGE, CLUSTERS, 0, "total-contexts"], 0.5),
      "[0].total-contexts is 0.5",
    ],
    [
      "contexts beyond 32 bits",
      changed([IMAGE, CLUSTERS, 0, "total-contexts"], 2 ** 31),
      "[0].total-contexts is 2147483648",
    ],
    [
      "no accelerator UUID",
      changed([IMAGE, CLUSTERS, 0, "accelerator-type-uuid"], undefined),
      "[0].accelerator-type-uuid is missing",
    ],
    [
      "an accelerator UUID without dashes",
      changed([IMAGE, CLUSTERS, 0, "accelerator-type-uuid"], "0".repeat(32)),
      `[0].accelerator-type-uuid is "${"0".repeat(32)}", ${UUID_EXPECTED}`,
    ],
  ])("refuses %s", async (_, bytes, message) => {
    const error = await userError(() => readGbs("f", bytes));
    expect(error.message).toContain(message);
    expect(error.message.startsWith("f")).toBe(true);
  });

  it.each<[string, Buffer]>([
    ["version 650, which old files state", changed(["version"], 650)],
    ["no clocks and no power", file(JSON.stringify({ ...metadata(), [IMAGE]: minimal() }))],
    [
      "a UUID in capitals",
      changed([IMAGE, "interface-uuid"], "9346116D-A52D-5CA8-B06A-A9A389EF7C8D"),
    ],
    ["one byte of bitstream", file(JSON.stringify(metadata()), Buffer.alloc(1))],
  ])("accepts %s", (_, bytes) => {
    expect(readGbs("f", bytes).metadata.interfaceUuid).toBe("9346116d-a52d-5ca8-b06a-a9a389ef7c8d");
  });

  function minimal() {
    const { power, ...image } = metadata()[IMAGE];
    delete image["clock-frequency-high"];
    delete image["clock-frequency-low"];
    expect(power).toBe(0);
    return image;
  }

  it("sees a signature", () => {
    const block = Buffer.alloc(1024);
    block.writeUInt32LE(0xb6eafd19);
    expect(readGbs("f", file(JSON.stringify(metadata()), block)).signed).toBe(true);
  });

  it("never fails but with a message", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect(await succeeds(() => readGbs("f", bytes))).toBe(false);
      }),
    );
    const spot = fc.tuple(fc.nat(valid.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(
        fc.array(spot, { maxLength: 6 }),
        fc.nat(valid.length),
        async (spots, cut) => {
          const bytes = Buffer.from(valid);
          for (const [offset, byte] of spots) bytes[offset] = byte;
          await succeeds(() => readGbs("f", bytes));
          await succeeds(() => readGbs("f", bytes.subarray(0, cut)));
        },
      ),
      { numRuns: 1000 },
    );
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        await succeeds(() => readGbs("f", file(text)));
      }),
    );
  });
});
