import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { DIRECTIVE_NAMES } from "../../src/assembler/directives/directive-names.js";
import { FUNCTION_NAMES } from "../../src/assembler/expression/function-names.js";
import { assemble } from "../../src/assembler/index.js";
import * as limits from "../../src/assembler/limits.js";
import { renderDiagnostics } from "../../src/diagnostics/render.js";
import { TENSOR_TYPES } from "../../src/image/index.js";
import { FIELDS, NUMERICS, PACKINGS, REGISTER_ALIASES, REGISTERS } from "../../src/isa/index.js";
import { writeNpy } from "../../src/tensors/npy.js";

const MANUAL = readFileSync(
  fileURLToPath(new URL("../../docs/assembly.md", import.meta.url)),
  "utf8",
);

const ROWS = Int8Array.of(1, 0, -1, -1, 1, 0, 0, 0, 1, 1, -1, -1, -1, 0, 1);

/** The files that the examples name. */
const FILES: Readonly<Record<string, Uint8Array>> = {
  "kernel.inc": new TextEncoder().encode("    .macro nothing\n    .endm\n"),
  "table.bin": Uint8Array.from({ length: 64 }, (_, i) => i),
  "weights.npy": Buffer.concat(writeNpy({ type: "I8", shape: [3, 5], data: ROWS })),
};

interface Example {
  readonly kind: "clean" | "error" | "warning";
  readonly line: number;
  readonly source: string;
  /** What the page says is printed. */
  readonly printed: string | undefined;
}

function examples(): Example[] {
  const found = MANUAL.matchAll(
    /^```tasm ?(\w*)\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```)?/gm,
  );
  return [...found].map(([, kind, source, printed], i) => ({
    kind: (kind || "clean") as Example["kind"],
    line: MANUAL.slice(0, [...MANUAL.matchAll(/^```tasm/gm)][i]!.index).split("\n").length,
    source: source!,
    printed,
  }));
}

describe("docs/assembly.md", () => {
  test.each(examples())("the example at line $line is $kind", ({ kind, source, printed }) => {
    const { image, diagnostics } = assemble("example.tasm", source, {
      readFile: (path) => FILES[path],
    });
    const text = renderDiagnostics(diagnostics, { source: () => source });
    if (kind === "clean") expect(text).toBe("");
    else expect(text).toBe(printed);
    expect(image === undefined).toBe(kind === "error");
  });

  test("has examples of all kinds", () => {
    const kinds = examples().map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(["clean", "error", "warning"]));
    expect(kinds.length).toBeGreaterThan(12);
  });

  test.each([...DIRECTIVE_NAMES, ...FUNCTION_NAMES, ...TENSOR_TYPES, ...Object.keys(PACKINGS)])(
    "explains %s",
    (name) => {
      expect(MANUAL).toMatch(new RegExp(`\`[^\`\n]*${name.replace(".", "\\.")}\\b`));
    },
  );

  test("names the registers and numbers of the specification", () => {
    for (const [file, { count }] of Object.entries(REGISTERS))
      expect(MANUAL).toContain(`\`${file}0\` … \`${file}${count - 1}\``);
    for (const [alias, name] of Object.entries(REGISTER_ALIASES))
      expect(MANUAL).toContain(`\`${alias}\` (${name})`);
    expect(MANUAL).toContain(`round(r · 2^${NUMERICS.fraction_bits})`);
    expect(MANUAL).toContain(`units of 2^-${2 * NUMERICS.fraction_bits}`);
    expect(MANUAL).toContain(`fits into ${FIELDS.imm[0] - FIELDS.imm[1]} bits`);
  });

  test.each(Object.entries(limits))("states the limit %s", (_, value) => {
    if (value !== limits.MAX_SECTION_BYTES) expect(MANUAL).toMatch(new RegExp(`\\b${value}\\b`));
  });
});
