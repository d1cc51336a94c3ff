import { expect, test } from "vitest";
import { Place } from "../place.js";
import { StringTable, stringReader } from "./strings.js";

const place = new Place("f.elf");

test("strings come back by their offsets, equal ones stored once", () => {
  const table = new StringTable();
  const offsets = ["a", "", "bc", "a"].map((text) => table.add(text));
  expect(offsets).toEqual([1, 0, 3, 1]);
  const read = stringReader(table.bytes());
  expect(offsets.map((offset) => read(offset, place))).toEqual(["a", "", "bc", "a"]);
});

test("names that overlap do not fill memory", () => {
  // Every offset is the start of a name of about 4000 bytes: 68 GB, if they were all decoded.
  const table = new Uint8Array(2 ** 24).fill(65);
  for (let at = 4000; at < table.length; at += 4000) table[at] = 0;
  const read = stringReader(table);
  expect(() => {
    for (let offset = 0; offset < table.length; offset++) read(offset, place);
  }).toThrow("the names of its string table overlap too often");
});
