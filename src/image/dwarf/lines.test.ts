import { describe, expect, test } from "vitest";
import { ByteReader } from "../byte-reader.js";
import { ByteWriter } from "../byte-writer.js";
import { Place } from "../place.js";
import * as dwarf from "./constants.js";
import { FileTable } from "./file-table.js";
import { readLines } from "./read-lines.js";
import { writeLines } from "./write-lines.js";

const BASE = 0x4000000000;

function read(bytes: Uint8Array, count: number) {
  return readLines(new ByteReader(bytes, new Place("f.elf", "section .debug_line")), BASE, count);
}

/** A table of file a.tasm with a program written by hand. */
function table(program: (out: ByteWriter) => void): Uint8Array {
  const files = new FileTable();
  files.indexOf("a.tasm");
  const unit = new ByteWriter().append(writeLines([], BASE, files).subarray(4));
  program(unit);
  return new ByteWriter().uint(unit.length, 4).append(unit.bytes()).bytes();
}

const setAddress = (out: ByteWriter, instruction: number) =>
  out
    .u8(0)
    .uleb(9)
    .u8(dwarf.DW_LNE_SET_ADDRESS)
    .uint(BASE + 8 * instruction, 8);
const endSequence = (out: ByteWriter) => out.u8(0).uleb(1).u8(dwarf.DW_LNE_END_SEQUENCE);

describe("the line table of another producer", () => {
  test("may use every opcode", () => {
    const { lines } = read(
      table((out) => {
        setAddress(out, 1).u8(dwarf.DW_LNS_SET_FILE).uleb(0);
        out.u8(dwarf.DW_LNS_ADVANCE_LINE).sleb(9).u8(dwarf.DW_LNS_COPY); // line 10
        out.u8(dwarf.DW_LNS_NEGATE_STMT).u8(dwarf.DW_LNS_SET_BASIC_BLOCK);
        out.u8(dwarf.DW_LNS_FIXED_ADVANCE_PC).uint(16, 2).u8(dwarf.DW_LNS_SET_COLUMN).uleb(4);
        out.u8(0).uleb(2).u8(dwarf.DW_LNE_SET_DISCRIMINATOR).uleb(5);
        out.u8(dwarf.DW_LNS_ADVANCE_LINE).sleb(-7).u8(dwarf.DW_LNS_COPY); // line 3 from 3 on
        out.u8(10).u8(11).u8(12).uleb(6); // prologue end, epilogue begin, ISA
        out.u8(dwarf.DW_LNS_CONST_ADD_PC); // (255 - 13) / 12 = 20 instructions
        endSequence(out);
      }),
      30,
    );
    const at10 = { file: "a.tasm", line: 10, column: 0 };
    const at3 = { file: "a.tasm", line: 3, column: 4 };
    expect(lines).toEqual([
      undefined,
      ...Array(2).fill(at10),
      ...Array(20).fill(at3),
      ...Array(7).fill(undefined),
    ]);
  });

  test.each<[string, string, (out: ByteWriter) => void]>([
    ["an address behind the code", "an address outside the code", (out) => setAddress(out, 31)],
    ["an address before the code", "an address outside the code", (out) => setAddress(out, -1)],
    [
      "an advance behind the code",
      "an address outside the code",
      (out) => setAddress(out, 0).u8(dwarf.DW_LNS_ADVANCE_PC).uleb(31),
    ],
    [
      "an advance into an instruction",
      "an address outside the code",
      (out) => setAddress(out, 0).u8(dwarf.DW_LNS_FIXED_ADVANCE_PC).uint(4, 2),
    ],
    ["no end of the sequence", "has no end", (out) => setAddress(out, 0).u8(dwarf.DW_LNS_COPY)],
    [
      "a file that is missing",
      "names file 7, which is missing",
      (out) =>
        endSequence(
          setAddress(out, 0)
            .u8(dwarf.DW_LNS_SET_FILE)
            .uleb(7)
            .u8(dwarf.DW_LNS_COPY)
            .u8(dwarf.DW_LNS_ADVANCE_PC)
            .uleb(1),
        ),
    ],
    [
      "sequences that overlap",
      "it describes instruction 0 twice",
      (out) => {
        for (let i = 0; i < 2; i++) {
          setAddress(out, 0).u8(dwarf.DW_LNS_SET_FILE).uleb(0).u8(dwarf.DW_LNS_COPY);
          endSequence(out.u8(dwarf.DW_LNS_ADVANCE_PC).uleb(30));
        }
      },
    ],
    ["an unknown extended opcode", "extended opcode 99", (out) => out.u8(0).uleb(1).u8(99)],
    ["an opcode of a wrong length", "a wrong length", (out) => out.u8(0).uleb(3).u8(1)],
    ["a number cut off", "within an entry", (out) => out.u8(dwarf.DW_LNS_ADVANCE_PC).u8(0x80)],
  ])("is refused with %s", (_, message, program) => {
    expect(() => read(table(program), 30)).toThrow(message);
  });
});

test("a file table that promises entries without contents is refused", () => {
  const bytes = table(() => {});
  // Before the directories: with no column every entry would be empty.
  const at = 4 + 8 + 6 + dwarf.STANDARD_OPCODE_LENGTHS.length;
  const hostile = new ByteWriter()
    .append(bytes.subarray(0, at))
    .u8(0)
    .uleb(2 ** 40)
    .append(bytes.subarray(at))
    .bytes();
  new DataView(hostile.buffer).setUint32(0, hostile.length - 4, true);
  expect(() => read(hostile, 30)).toThrow("entries without contents");
});
