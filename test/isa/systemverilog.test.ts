import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { upperCamelCase } from "../../isa/generate/names.js";
import {
  CSRS,
  decode,
  encode,
  FIELDS,
  type FieldName,
  INSTRUCTIONS,
  type Instruction,
  operandRange,
  TRAPS,
} from "../../src/isa/index.js";
import { EXP2, LOG2E, SIG } from "../../src/numerics/generated.js";
import { TRITS } from "../../src/ternary/packing.js";
import { anyInstruction, anyWord } from "./arbitrary.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const sources = ["rtl/ternac_pkg.sv"];

function run(command: string, args: readonly string[]) {
  return spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
}

const missing = ["verilator", "g++", "make"].filter(
  (tool) => run(tool, ["--version"]).status !== 0,
);
if (missing.length > 0)
  console.warn(`the SystemVerilog package is not tested: ${missing.join(", ")} not found`);

/** What decode_tb.sv prints for a word, from the TypeScript decoder. */
function expectedLine(word: bigint): string {
  const text = `word ${word.toString(16).padStart(16, "0")}`;
  const decoded = decode(word);
  if ("illegal" in decoded) return `${text} illegal 0`;
  const { spec, fields } = decoded;
  const slots: Record<string, string> = {};
  for (const slot of ["rd", "rs1", "rs2", "rs3"]) slots[slot] = "RegNone,0,0,0";
  let imm = 0;
  for (const { kind, field, base, access = "" } of spec.operands) {
    const value = fields[field as FieldName]!;
    const flags = `${access.includes("r") ? 1 : 0},${access.includes("w") ? 1 : 0}`;
    if (base) slots[base] = `RegX,${flags},${fields[base as FieldName]}`;
    if (kind === "v" || kind === "q" || kind === "x")
      slots[field] = `Reg${kind.toUpperCase()},${flags},${value}`;
    else if (field in slots) slots[field] = `RegNone,0,0,${value}`;
    else imm = value;
  }
  const names = [`Op_${spec.id}`, `Unit_${spec.unit}`, `Timing_${spec.timing}`].map(upperCamelCase);
  const operands = Object.entries(slots).map(([slot, value]) => `${slot}=${value}`);
  return [text, ...names, ...operands, `imm=${imm}`].join(" ");
}

/** Legal words of every instruction, each of their single-bit neighbours, and random words. */
function sampleWords(): bigint[] {
  const words: bigint[] = [0n, (1n << 64n) - 1n];
  for (const row of INSTRUCTIONS as readonly Instruction["spec"][]) {
    for (const legal of fc.sample(anyInstruction([row]), { numRuns: 24, seed: row.opcode }))
      words.push(encode(legal));
    const [sample] = fc.sample(anyInstruction([row]), { numRuns: 1, seed: ~row.opcode });
    for (let bit = 0n; bit < 64n; bit++) words.push(encode(sample!) ^ (1n << bit));
    for (const { field, ...operand } of row.operands) {
      // Just beyond the range, where the field can hold that.
      const { max } = operandRange({ field, ...operand });
      const [high, low] = FIELDS[field as FieldName];
      const beyond = BigInt(max) + 1n;
      if (beyond >= 1n << BigInt(high - low + 1)) continue;
      const mask = ((1n << BigInt(high - low + 1)) - 1n) << BigInt(low);
      words.push((encode(sample!) & ~mask) | (beyond << BigInt(low)));
    }
  }
  words.push(...fc.sample(anyWord(), { numRuns: 2000, seed: 1 }));
  return words;
}

describe.skipIf(missing.length > 0)("rtl/ternac_pkg.sv", () => {
  const folder = mkdtempSync(join(tmpdir(), "ternac-sv-"));
  const words = sampleWords();
  let printed: string[] = [];

  beforeAll(() => {
    const wordsFile = join(folder, "words.hex");
    writeFileSync(wordsFile, words.map((word) => `${word.toString(16)}\n`).join(""));
    const build = run("verilator", [
      ...["--binary", "-Wall", "-CFLAGS", "-O0", "--Mdir", folder, "--top", "decode_tb"],
      ...sources,
      "test/isa/decode_tb.sv",
    ]);
    expect(build.stderr, "verilator's complaints").not.toMatch(/%(Error|Warning)/);
    expect(build.status).toBe(0);
    const result = run(join(folder, "Vdecode_tb"), [`+words=${wordsFile}`]);
    expect(result.status).toBe(0);
    printed = result.stdout.split("\n");
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  const values = (key: string) =>
    printed.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));

  it("passes Verilator's linter with every warning on", () => {
    for (const top of [[], ["test/isa/decode_top.sv", "--top", "decode_top"]]) {
      const lint = run("verilator", ["--lint-only", "-Wall", ...sources, ...top]);
      expect(lint.stderr).toBe("");
      expect(lint.status).toBe(0);
    }
  });

  it("decodes words as the TypeScript decoder does, field by field", () => {
    const lines = printed.filter((line) => line.startsWith("word "));
    expect(lines).toEqual(words.map(expectedLine));
    const legal = lines.filter((line) => !line.includes("illegal")).length;
    // The comparison means something only if both outcomes are common.
    expect(legal).toBeGreaterThan(1500);
    expect(lines.length - legal).toBeGreaterThan(1500);
  });

  it("has the specification's traps and control registers", () => {
    const traps = Object.entries(TRAPS).map(
      ([name, { code }]) => `Trap${upperCamelCase(name)} ${code}`,
    );
    expect(values("trap")).toEqual(traps);
    const csrs = Object.entries(CSRS).map(
      ([name, { number }]) => `Csr${upperCamelCase(name)} ${number}`,
    );
    expect(values("csr")).toEqual(csrs);
  });

  it("has the function tables", () => {
    expect(values("log2e")).toEqual([String(LOG2E)]);
    expect(values("exp2")).toEqual(Array.from(EXP2, String));
    expect(values("sig")).toEqual(Array.from(SIG, String));
  });

  it.each([
    ["t4", 4],
    ["t5", 5],
  ] as const)("has the trits of every byte of packing %s", (packing, trits) => {
    const decoded = values(packing).map((line) => {
      const bits = Number(line);
      return Array.from({ length: trits }, (_, row) => (((bits >> (2 * row)) & 3) << 30) >> 30);
    });
    expect(decoded.flat()).toEqual(Array.from(TRITS[packing]));
  });
});
