import { expect, it } from "vitest";
import { describeStop } from "./stop.js";
import type { Stop } from "./target.js";

const PC = 0x4000000018;
const source = { file: "kernel.tasm", line: 12, column: 9 };

it.each<[Stop, string]>([
  [{ reason: "halted" }, "the program halted"],
  [{ reason: "input" }, "the program waits for input"],
  [{ reason: "output" }, "the program waits for room in the output queue"],
  [{ reason: "steps" }, "the program used up its number of instructions"],
  [{ reason: "break" }, "the program is at a breakpoint"],
  [
    { reason: "trap", trap: "address_out_of_range", value: -64n, pc: PC, source },
    "trap address_out_of_range with value 0xffffffffffffffc0 at pc 0x4000000018, kernel.tasm:12 " +
      "(an access that is not wholly inside DRAM)",
  ],
  [
    { reason: "trap", trap: "software", value: 7n, pc: PC },
    "trap software with value 7 at pc 0x4000000018, an unknown line (the trap instruction)",
  ],
])("%#", (stop, expected) => {
  expect(describeStop(stop)).toBe(expected);
});
