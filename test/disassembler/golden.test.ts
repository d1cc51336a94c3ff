import { describe, expect, test } from "vitest";
import { disassemble } from "../../src/disassembler/index.js";
import { SAMPLE } from "../image/sample.js";

describe("the sample is disassembled", () => {
  test("as assembly", async () => {
    await expect(disassemble(SAMPLE)).toMatchFileSnapshot("golden/sample.tasm");
  });

  test("with addresses, words and sources, without short forms", async () => {
    const text = disassemble(SAMPLE, { addresses: true, source: true, aliases: false });
    await expect(text).toMatchFileSnapshot("golden/sample-annotated.tasm");
  });

  test("without its data", async () => {
    await expect(disassemble(SAMPLE, { data: "none" })).toMatchFileSnapshot(
      "golden/sample-without-data.tasm",
    );
  });

  test("with large data in a file", async () => {
    const data = { path: "sample.elf", threshold: 100, offsetOf: () => 0x1c0 };
    await expect(disassemble(SAMPLE, { data })).toMatchFileSnapshot("golden/sample-with-file.tasm");
  });
});
