import { describe, expect, test } from "vitest";
import { assemble } from "../../src/assembler/index.js";
import { renderDiagnostics } from "../../src/diagnostics/render.js";

// Input that asks for endless time or memory, or for a deep stack: clear errors, at once. The time
// limits are generous for a loaded machine; what they must catch takes minutes or for ever.

const LIMIT_MS = 180_000;

function messages(text: string, files: Readonly<Record<string, Uint8Array>> = {}): string[] {
  const result = assemble("h.tasm", text, { readFile: (path) => files[path] });
  expect(result.image).toBeUndefined();
  // What is printed stays small, too.
  const printed = renderDiagnostics(result.diagnostics, { source: () => text });
  expect(printed.length).toBeLessThan(2e6);
  result.listing();
  result.expanded();
  return result.diagnostics.map(({ message }) => message);
}

function firstMessage(text: string, files?: Readonly<Record<string, Uint8Array>>): string {
  return messages(text, files)[0]!;
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe("a hostile source", () => {
  test.each<[string, string, RegExp]>([
    ["a million parentheses", `li x1, ${"(".repeat(1e6)}`, /nested more than 100/],
    ["a million signs", `li x1, ${"-".repeat(1e6)}1`, /more than 500 operators/],
    ["a million sums", `li x1, ${"1+".repeat(5e5)}1`, /more than 500 operators/],
    ["a million conditions", `li x1, ${"1?".repeat(5e5)}1`, /nested more than 100/],
    ["a million quotes", `.data\n.ascii ${'"'.repeat(1e6 + 1)}`, /not closed/],
    ["a long open string", `.data\n.ascii "${"a".repeat(8e6)}`, /not closed/],
    ["many open comments", "/* ".repeat(1e6), /not closed/],
    ["an open comment of stars", `/*${"* ".repeat(3e6)}`, /not closed/],
    ["a name of a million letters", `${"a".repeat(1e6)}:`, /more than 255 characters/],
    ["a mnemonic of a million letters", "a".repeat(1e6), /unknown instruction/],
    ["a number of a million digits", `li x1, ${"9".repeat(1e6)}`, /more than 1024 digits/],
    ["a million backslashes", "\\".repeat(1e6), /unexpected character/],
    ["200,000 operands", `.data\n.word ${"x,".repeat(2e5)}x`, /"x" is not defined/],
    ["NUL characters", "nop\0\0", /not a source file/],
    ["too many characters", "\n".repeat(2 ** 23 + 1), /more than 8388608 characters/],
    ["a huge shift", "li x1, 1 << (1 << 40)", /more than 16384 bits/],
    ["towers of squares", squares("a", "1 << 9000"), /more than 16384 bits/],
    ["towers of real squares", `${squares("a", "1.1")}.data\n.fixed a30`, /more than 4096 bits/],
    ["30,000 definitions from one that comes last", chain(3e4), /too deeply/],
    ["30,000 unknown instructions", "nopp x1\n".repeat(3e4), /unknown instruction "nopp"/],
    ["30,000 unknown symbols", "li x1, foo\n".repeat(3e4), /"foo" is not defined/],
    ["30,000 open conditions", ".if 1\n".repeat(3e4), /not closed/],
    ["100,000 open macros", ".macro m\n".repeat(1e5), /not closed/],
    ["100,000 labels on a line", `${"a: ".repeat(1e5)}`, /defined twice/],
    ["a repetition of repetitions", nested(".rept 1000", ".endr", 4), /more than 262144 lines/],
    [
      "an .irp of .irps",
      nested(`.irp x${",1".repeat(1000)}`, ".endr", 4),
      /more than 262144 lines|more than 8388608 characters/,
    ],
    ["many sections", sections(5000), /more than 1000 sections/],
    ["many alignments", ".data\n.rept 100000\n.byte 1\n.balign 1048576\n.endr", /bytes/],
    [
      "a body with a million unknown parameters",
      `.macro m\n${"\\x ".repeat(1e6)}\n.endm\nm`,
      /no parameter "x"/,
    ],
    [
      "a body with a line of openers",
      `.macro m\n${".irp \\x ".repeat(2e5)}\n.endm\nm`,
      /no parameter "x"|not closed/,
    ],
    ["long blanks in a continued line", `nop ${" ".repeat(1e6)}\\\n foo`, /takes no operands/],
  ])(
    "%s",
    (_, text, message) => {
      expect(firstMessage(text)).toMatch(message);
    },
    LIMIT_MS,
  );

  test(
    "shows a thousand errors, and how many more there are",
    () => {
      const lines = Array.from({ length: 3000 }, (_, i) => `nopp${i}`).join("\n");
      const found = messages(lines);
      expect(found).toHaveLength(1001);
      expect(found.at(-1)).toBe("2000 more errors; only the first 1000 are shown");
    },
    LIMIT_MS,
  );

  test(
    "that includes itself twice is stopped",
    () => {
      const source = '.include "a.inc"\n.include "a.inc"\n';
      expect(firstMessage(source, { "a.inc": bytes(source) })).toMatch(/includes itself/);
    },
    LIMIT_MS,
  );

  test(
    "that repeats the inclusion of a source is stopped",
    () => {
      const files = { "a.inc": bytes("a = 1\n".repeat(10_000)) };
      const source = '.rept 1000000\n.include "a.inc"\n.endr\n';
      expect(firstMessage(source, files)).toMatch(/more than 262144 lines/);
    },
    LIMIT_MS,
  );

  test(
    "that repeats the inclusion of data is stopped",
    () => {
      const files = { "a.bin": new Uint8Array(1e6) };
      const source = '.data\n.rept 100000\n.incbin "a.bin"\n.endr\n';
      expect(firstMessage(source, files)).toMatch(/more than 268435456 bytes/);
    },
    LIMIT_MS,
  );

  test(
    "of 100,000 definitions backwards is only long",
    () => {
      const lines = Array.from({ length: 1e5 }, (_, i) => `c${i} = c${i + 1} + 1`);
      const text = `${lines.join("\n")}\nc100000 = 0\nli x1, c0\nhalt\n`;
      const { image } = assemble("h.tasm", text, { readFile: () => undefined });
      expect(image?.symbols.find(({ name }) => name === "c0")?.address).toBe(100_000);
    },
    LIMIT_MS,
  );

  test(
    "that is no text is refused",
    () => {
      const random = Uint8Array.from({ length: 1e5 }, (_, i) => ((i * 2654435761) >>> 13) & 0xff);
      expect(firstMessage(new TextDecoder().decode(random))).toMatch(/not a source file/);
      expect(firstMessage('.include "x"', { x: random })).toMatch(/not a source file/);
    },
    LIMIT_MS,
  );
});

function squares(name: string, first: string): string {
  const lines = [`${name}0 = ${first}`];
  for (let i = 1; i <= 60; i++) lines.push(`${name}${i} = ${name}${i - 1} * ${name}${i - 1}`);
  return `${lines.join("\n")}\n`;
}

/** Each constant needs the one before it, and the first one needs the last one. */
function chain(count: number): string {
  const lines = Array.from({ length: count }, (_, i) => `c${i + 1} = c${i} + 1`);
  return `c0 = last\n${lines.join("\n")}\nlast = 0\nli x1, c${count}\n`;
}

function nested(opener: string, closer: string, depth: number): string {
  return `${`${opener}\n`.repeat(depth)}nop\n${`${closer}\n`.repeat(depth)}`;
}

function sections(count: number): string {
  return Array.from({ length: count }, (_, i) => `.section .s${i}\n.byte 1\n`).join("");
}
