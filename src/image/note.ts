import { ISA } from "../isa/index.js";
import { ByteReader } from "./byte-reader.js";
import { ByteWriter } from "./byte-writer.js";
import type { Image } from "./image.js";
import type { Place } from "./place.js";

const OWNER = "Ternac";

/** Version of the file format; raised when an older reader would misread a file. */
export const FORMAT_VERSION = 1;

/** Note types; a reader ignores others. Small numbers have meanings that readelf would print. */
const NOTE = {
  isa: 0x54430001,
  configuration: 0x54430002,
  limits: 0x54430003,
  packings: 0x54430004,
} as const;

type Target = Pick<Image, "isa" | "configuration" | "requires">;

/** The contents of the note section: what the program was made for and what it needs. */
export function writeNote({ isa, configuration, requires }: Target): Uint8Array {
  const out = new ByteWriter();
  const note = (type: number, description: ByteWriter) => {
    const bytes = description.bytes();
    out
      .uint(OWNER.length + 1, 4)
      .uint(bytes.length, 4)
      .uint(type, 4);
    pad(out.string(OWNER));
    pad(out.append(bytes));
  };
  note(NOTE.isa, new ByteWriter().uint(FORMAT_VERSION, 4).uint(isa.major, 4).uint(isa.minor, 4));
  note(NOTE.configuration, new ByteWriter().string(configuration));
  note(
    NOTE.limits,
    new ByteWriter().uint(requires.vlmax, 8).uint(requires.dram, 8).uint(requires.instructions, 8),
  );
  const packings = new ByteWriter();
  for (const packing of requires.packings) packings.string(packing);
  note(NOTE.packings, packings);
  return out.bytes();
}

function pad(out: ByteWriter): void {
  while (out.length % 4 !== 0) out.u8(0);
}

/** @throws UserError when a note is missing or malformed, or names a version that is not known */
export function readNote(bytes: Uint8Array, place: Place): Target {
  const notes = new Map<number, Uint8Array>();
  const reader = new ByteReader(bytes, place);
  while (!reader.atEnd) {
    const nameLength = reader.uint(4);
    const length = reader.uint(4);
    const type = reader.uint(4);
    const name = reader.take(padded(nameLength)).subarray(0, nameLength);
    const description = reader.take(padded(length)).subarray(0, length);
    if (Buffer.from(name).toString("latin1") === `${OWNER}\0`) notes.set(type, description);
  }
  const description = (name: keyof typeof NOTE) => {
    const found = notes.get(NOTE[name]) ?? place.fail(`the note "${name}" is missing`);
    return new ByteReader(found, place.at(`note "${name}"`));
  };

  const version = description("isa");
  const isa = checkedVersion(version.uint(4), version.uint(4), version.uint(4), place);
  const configuration = description("configuration").string();
  const limits = description("limits");
  const [vlmax, dram, instructions] = [limits.uint(8), limits.uint(8), limits.uint(8)];
  const list = description("packings");
  const packings = [];
  while (!list.atEnd) packings.push(list.string());
  return { isa, configuration, requires: { vlmax, dram, instructions, packings } };
}

function checkedVersion(format: number, major: number, minor: number, place: Place): Image["isa"] {
  const known = `${ISA.major}.${ISA.minor}`;
  if (format !== FORMAT_VERSION)
    place.fail(
      `the image file format is version ${format}, this ternac reads version ${FORMAT_VERSION}`,
      "build the image with this version of ternac, or use the one that made it",
    );
  if (major !== ISA.major)
    place.fail(
      `the program is for ISA version ${major}.${minor}, this ternac runs version ${known}`,
      "build the image again from its source with this version of ternac",
    );
  if (minor > ISA.minor)
    place.fail(
      `the program is for ISA version ${major}.${minor}, this ternac knows up to ${known}`,
      "update ternac, or build the image again from its source with this version",
    );
  return { major, minor };
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
