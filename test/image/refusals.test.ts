import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { UserError } from "../../src/diagnostics/diagnostic.js";
import { readElf, writeElf } from "../../src/image/index.js";
import { SAMPLE } from "./sample.js";

const VALID = Buffer.concat(writeElf(SAMPLE));
const SECTION_HEADERS = Number(VALID.readBigUInt64LE(40));

/** Where the parts of the valid file are; field offsets are those of the ELF specification. */
const sectionHeader = (index: number) => SECTION_HEADERS + 64 * index;
const programHeader = (index: number) => 64 + 56 * index;
const contents = (index: number) => Number(VALID.readBigUInt64LE(sectionHeader(index) + 24));
const [TEXT, DATA, BSS, NOTE, TENSORS, LINE, SYMTAB, CHECKSUMS] = [1, 2, 4, 6, 7, 11, 12, 14];

type Patch = (file: Buffer) => Buffer | undefined;
const u8 = (at: number, value: number): Patch => patch((file) => file.writeUInt8(value, at));
const u16 = (at: number, value: number): Patch => patch((file) => file.writeUInt16LE(value, at));
const u32 = (at: number, value: number): Patch => patch((file) => file.writeUInt32LE(value, at));
const u64 = (at: number, value: number): Patch =>
  patch((file) => file.writeBigUInt64LE(BigInt(value), at));
const patch =
  (change: (file: Buffer) => void): Patch =>
  (file) => {
    change(file);
    return undefined;
  };
/** Change a section's contents and make its checksum right. */
const inside =
  (section: number, change: (at: number) => Patch): Patch =>
  (file) => {
    change(contents(section))(file);
    const size = Number(file.readBigUInt64LE(sectionHeader(section) + 32));
    const sum = crc32(file.subarray(contents(section), contents(section) + size));
    const table = contents(CHECKSUMS);
    for (let at = table; ; at += 8)
      if (file.readUInt32LE(at) === section) {
        file.writeUInt32LE(sum, at + 4);
        return undefined;
      }
  };

const CASES: readonly [what: string, patch: Patch, message: string][] = [
  ["an empty file", () => Buffer.alloc(0), "bad.elf: the file is empty"],
  ["a text file", () => Buffer.from("  addi x1, x0, 1\n"), "bad.elf: this is no ELF file"],
  ["an ELF magic and nothing else", (f) => f.subarray(0, 4), "fewer than an ELF header"],
  ["32 bits", u8(4, 1), "file header: the ELF class is 1, expected 2 (64 bits)"],
  ["big-endian", u8(5, 2), "the byte order is 2, expected 1 (little-endian)"],
  ["another ELF version", u8(6, 2), "the ELF version is 2, expected 1"],
  ["another system", u8(7, 3), "the operating system ABI is 3, expected 0"],
  ["another machine", u16(18, 62), "the file is for machine 0x3e, expected 0xe3ac (Ternac)"],
  ["an object file", u16(16, 1), "the file type is 1, expected 2"],
  ["section headers beyond the file", u64(40, 1e15), "reach beyond the file"],
  ["section headers at the largest offset", u64(40, 2 ** 63), "reach beyond the file"],
  ["program headers beyond the file", u64(32, 1e6), "reach beyond the file"],
  ["65535 section headers", u16(60, 0xffff), "the number of section headers is 65535"],
  ["no section headers", u16(60, 0), "the number of section headers is 0"],
  ["60000 section headers", u16(60, 60000), "60000 headers of 64 bytes at offset"],
  ["60000 program headers", u16(56, 60000), "60000 headers of 56 bytes at offset 64 reach beyond"],
  ["names in no section", u16(62, 99), "the section of section names is 99"],
  ["names in a section that is no table", u16(62, DATA), "section 2: its type is 1, expected 3"],
  [
    "a section longer than the file",
    u64(sectionHeader(DATA) + 32, 2 ** 40),
    `section 2 has 1099511627776 bytes at offset ${contents(DATA)}, beyond the end of the file`,
  ],
  [
    "overlapping sections",
    u64(sectionHeader(DATA) + 24, contents(TEXT) + 8),
    `section 2 at offset ${contents(TEXT) + 8} overlaps section 1`,
  ],
  ["a section inside the headers", u64(sectionHeader(DATA) + 24, 8), "overlaps the file header"],
  [
    "a section name out of range",
    u32(sectionHeader(DATA), 1e6),
    "section 2: string offset 1000000 is outside its string table",
  ],
  ["an unknown section type", u32(sectionHeader(DATA) + 4, 9), "section .data: its type is 9"],
  ["unknown section flags", u64(sectionHeader(DATA) + 8, 0x403), "its flags are 1027"],
  [
    "a section address that no segment has",
    u64(sectionHeader(BSS) + 16, 0x240),
    "section .bss: no loadable segment describes it",
  ],
  [
    "a segment of another size",
    u64(programHeader(2) + 40, 0x1000),
    "section .bss: no loadable segment describes it",
  ],
  ["a segment type that loads more", u32(programHeader(0), 3), "program header 0: its type is 3"],
  [
    "overlapping addresses",
    (f) => {
      f.writeBigUInt64LE(0x100n, sectionHeader(BSS) + 16);
      f.writeBigUInt64LE(0x100n, programHeader(2) + 16);
      f.writeBigUInt64LE(0x100n, programHeader(2) + 24);
      return undefined;
    },
    "section .bss: it begins at 0x100, inside section .data (0x0 to 0x13f)",
  ],
  [
    "zeros beyond DRAM",
    (f) => {
      f.writeBigUInt64LE(2n ** 40n, sectionHeader(BSS) + 32);
      f.writeBigUInt64LE(2n ** 40n, programHeader(2) + 40);
      return undefined;
    },
    "section .bss: it ends at 0x10000000200, beyond DRAM's last address 0x3fffffffff",
  ],
  ["an alignment of 3", u64(sectionHeader(BSS) + 48, 3), "its alignment is 3"],
  ["an entry in the data", u64(24, 0x40), "entry: 0x40, expected the address of an instruction"],
  ["an entry inside an instruction", u64(24, 0x4000000004), "entry: 0x4000000004, expected"],
  ["an entry behind the code", u64(24, 0x4000000020), "entry: 0x4000000020, expected"],
  ["damaged code", u8(contents(TEXT), 0x13), "section .text: its contents are damaged"],
  ["damaged symbols", u8(contents(SYMTAB) + 40, 9), "section .symtab: its contents are damaged"],
  ["damaged metadata", u8(contents(5), 9), "section .ternac.model: its contents are damaged"],
  ["a missing checksum", u32(contents(CHECKSUMS), 99), "section .text: it has no checksum"],
  [
    "a later file format",
    inside(NOTE, (at) => u32(at + 20, 2)),
    "the image file format is version 2, this ternac reads version 1",
  ],
  [
    "another major version",
    inside(NOTE, (at) => u32(at + 24, 7)),
    "section .note.ternac: the program is for ISA version 7.1, this ternac runs version 0.1",
  ],
  [
    "a newer minor version, and damage that it could mean",
    u32(contents(NOTE) + 28, 9),
    "the program is for ISA version 0.9, this ternac knows up to 0.1",
  ],
  [
    "a note longer than its section",
    inside(NOTE, (at) => u32(at + 4, 0xfffffff0)),
    "section .note.ternac: the section ends at byte 128, within an entry",
  ],
  ["a note that is missing", inside(NOTE, (at) => u32(at + 8, 77)), 'the note "isa" is missing'],
  [
    "a requirement smaller than the image",
    inside(NOTE, (at) => u64(at + 0x58, 64)),
    "requirements: dram is 64, but section .data ends at 0x140",
  ],
  [
    "a symbol name out of range",
    inside(SYMTAB, (at) => u32(at + 24, 5000)),
    "section .symtab, symbol 1: string offset 5000 is outside its string table",
  ],
  [
    "a symbol of a section that is missing",
    inside(SYMTAB, (at) => u16(at + 24 + 6, 200)),
    "symbol 1: its section is 200",
  ],
  [
    "a tensor of a symbol that is missing",
    inside(TENSORS, (at) => u8(at, 0x39)),
    "section .ternac.tensors: there is no symbol 9",
  ],
  [
    "a tensor larger than its section",
    inside(TENSORS, (at) => patch((f) => f.write("4 q 99", at))),
    "symbol x: its tensor q [99] at 0x40 has 396 bytes and is not wholly inside a section of DRAM",
  ],
  [
    "an unknown tensor type",
    inside(TENSORS, (at) => patch((f) => f.write("4 z", at))),
    'symbol x: its tensor type is "z", expected one of q, i8',
  ],
  [
    "a row of tensors without an end",
    inside(TENSORS, (at) => u8(at + 15, 0x39)),
    "section .ternac.tensors: its last row has no end",
  ],
  [
    "another version of DWARF",
    inside(LINE, (at) => u16(at + 4, 4)),
    "section .debug_line: its DWARF version is 4, expected 5",
  ],
  [
    "lines of other addresses",
    inside(LINE, (at) => u8(at + 0x50, 0x99)),
    "section .debug_line: it describes an address outside the code",
  ],
];

describe("an image file is refused with", () => {
  test.each(CASES)("%s", (_, change, message) => {
    const copy = Buffer.from(VALID);
    const file = change(copy) ?? copy;
    try {
      readElf("bad.elf", file);
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).message).toContain(message);
      expect((error as UserError).help).toBeTruthy();
      return;
    }
    expect.fail("it was read");
  });
});
