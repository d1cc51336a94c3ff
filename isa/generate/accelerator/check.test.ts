import { describe, expect, it } from "vitest";
import { loadSpecification } from "../load.js";
import { checkAccelerator } from "./check.js";
import { emitAfu } from "./emit-afu.js";
import { type Accelerator, uuidWords } from "./schema.js";

const { accelerator, configurations } = loadSpecification();

/** The error of a description that is the real one with one mistake made in it. */
function errorOf(mistake: (accelerator: Accelerator) => void, rows = configurations): string {
  const copy = structuredClone(accelerator);
  mistake(copy);
  try {
    checkAccelerator(copy, rows);
  } catch (error) {
    return (error as Error).message;
  }
  return "no error";
}

describe("checkAccelerator", () => {
  it("accepts the description", () => {
    expect(errorOf(() => {})).toBe("no error");
  });

  it.each<[string, (accelerator: Accelerator) => void]>([
    ['accelerator: "vlmax" and "scratch" overlap', (a) => (a.registers.vlmax!.offset = 0x38)],
    [
      'accelerator: "issue_stalls" and "front_stalls" overlap',
      (a) => (a.registers.front_stalls!.count = 17),
    ],
    ['accelerator: "program" is beyond the MMIO space', (a) => (a.windows.program!.bytes += 8)],
    [
      'register "errors": output_empty and input_full share bit 0',
      (a) => (a.registers.errors!.fields.output_empty = [0, 0, ""]),
    ],
    [
      'register "errors": input_full ends before it begins',
      (a) => (a.registers.errors!.fields.input_full = [0, 1, ""]),
    ],
    ['codes "core_state": one is there twice', (a) => (a.codes.core_state!.values.ready!.code = 0)],
    ["completion: two words are one, or beyond the line", (a) => (a.completion.crc!.word = 8)],
  ])("says: %s", (message, mistake) => {
    expect(errorOf(mistake)).toBe(message);
  });

  it("wants every configuration to fit", () => {
    const [tiny] = configurations;
    expect(errorOf(() => {}, [{ ...tiny!, name: "enormous1" }])).toBe(
      'configuration "enormous1": its name is longer than 8',
    );
    expect(errorOf(() => {}, [{ ...tiny!, instructions: 16385 }])).toBe(
      'configuration "tiny": its program does not fit the window',
    );
  });
});

describe("the UUID", () => {
  it("is in the registers as in the description of the bitstream", () => {
    const { low, high } = uuidWords({
      ...accelerator,
      uuid: "01234567-89ab-cdef-fedc-ba9876543210",
    });
    expect([high, low]).toEqual([0x0123456789abcdefn, 0xfedcba9876543210n]);
    expect(emitAfu(loadSpecification())).toContain(
      `"accelerator-type-uuid": "${accelerator.uuid}"`,
    );
  });
});
