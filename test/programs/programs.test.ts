import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CONFIGURATIONS } from "../../src/isa/index.js";
import { FOLDER, PROGRAMS, transcript } from "./run-program.js";

const EXPECTED = `${FOLDER}/expected`;

describe.each(PROGRAMS)("programs/%s.tasm", (program) => {
  it.each(CONFIGURATIONS)("gives its expected output on $name", async (configuration) => {
    const path = `${process.cwd()}/${EXPECTED}/${program}.txt`;
    await expect(await transcript(program, configuration)).toMatchFileSnapshot(path);
  });
});

it("the random trits are those of their formula", () => {
  let state = 5;
  const expected = Uint8Array.from({ length: 4 * 2 ** 16 }, () => {
    state = Number((BigInt(state) * 1103515245n + 12345n) & 0x7fffffffn);
    return (state >> 16) & 0xff;
  });
  expect(readFileSync(`${FOLDER}/random-trits.bin`).equals(expected)).toBe(true);
});
