import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assemble } from "../../src/assembler/index.js";

/** An expression as text, and its value by JavaScript's own rules; undefined where it has none. */
interface Sample {
  readonly text: string;
  readonly value: bigint | undefined;
}

type Binary = (a: bigint, b: bigint) => bigint | undefined;
const truth = (condition: boolean) => (condition ? 1n : 0n);

/** No number has so many bits: the language stops at 16384. */
const LONGEST = 1n << 15n;

/** Shifted left; without a value when it would be too long. */
function shifted(a: bigint, count: bigint): bigint | undefined {
  return count > LONGEST ? undefined : a << count;
}

/** By operator: how tightly it binds in C, and what it does. */
const BINARY: Readonly<Record<string, { tightness: number; apply: Binary }>> = {
  "*": { tightness: 10, apply: (a, b) => a * b },
  "/": { tightness: 10, apply: (a, b) => (b === 0n ? undefined : a / b) },
  "%": { tightness: 10, apply: (a, b) => (b === 0n ? undefined : a % b) },
  "+": { tightness: 9, apply: (a, b) => a + b },
  "-": { tightness: 9, apply: (a, b) => a - b },
  "<<": { tightness: 8, apply: (a, b) => (b < 0n ? undefined : a === 0n ? 0n : shifted(a, b)) },
  ">>": {
    tightness: 8,
    apply: (a, b) => (b < 0n ? undefined : b > LONGEST ? -truth(a < 0n) : a >> b),
  },
  "<": { tightness: 7, apply: (a, b) => truth(a < b) },
  "<=": { tightness: 7, apply: (a, b) => truth(a <= b) },
  ">": { tightness: 7, apply: (a, b) => truth(a > b) },
  ">=": { tightness: 7, apply: (a, b) => truth(a >= b) },
  "==": { tightness: 6, apply: (a, b) => truth(a === b) },
  "!=": { tightness: 6, apply: (a, b) => truth(a !== b) },
  "&": { tightness: 5, apply: (a, b) => a & b },
  "^": { tightness: 4, apply: (a, b) => a ^ b },
  "|": { tightness: 3, apply: (a, b) => a | b },
  "&&": { tightness: 2, apply: (a, b) => truth(a !== 0n && b !== 0n) },
  "||": { tightness: 1, apply: (a, b) => truth(a !== 0n || b !== 0n) },
};

interface Tree extends Sample {
  /** Of the outermost operator; operands of tighter operators need parentheses. */
  readonly tightness: number;
}

const ATOM = 12;
const UNARY = 11;

function inside({ text, tightness }: Tree, outer: number): string {
  return tightness < outer ? `(${text})` : text;
}

const literal: fc.Arbitrary<Tree> = fc
  .tuple(fc.bigInt({ min: 0n, max: 1n << 70n }), fc.nat(9), fc.constantFrom(10, 16, 2, 8))
  .map(([large, small, radix]) => {
    const value = radix === 10 ? BigInt(small) : large;
    const prefix = { 10: "", 16: "0x", 2: "0b", 8: "0o" }[radix];
    return { text: `${prefix}${value.toString(radix)}`, value, tightness: ATOM };
  });

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    literal,
    fc.tuple(fc.constantFrom("-", "~", "!", "+"), tie("tree")).map(([operator, operand]): Tree => {
      const { value } = operand;
      const result =
        value === undefined
          ? undefined
          : { "-": -value, "~": ~value, "!": truth(value === 0n), "+": value }[operator];
      return {
        text: `${operator} ${inside(operand, UNARY)}`,
        value: result,
        tightness: UNARY,
      };
    }),
    fc
      .tuple(fc.constantFrom(...Object.keys(BINARY)), tie("tree"), tie("tree"))
      .map(([operator, a, b]): Tree => {
        const { tightness, apply } = BINARY[operator]!;
        // What is not evaluated may be without a value: 0 && 1 / 0.
        const decided =
          (operator === "&&" && a.value === 0n) ||
          (operator === "||" && a.value !== undefined && a.value !== 0n);
        const value = decided
          ? truth(operator === "||")
          : a.value === undefined || b.value === undefined
            ? undefined
            : apply(a.value, b.value);
        const text = `${inside(a, tightness)} ${operator} ${inside(b, tightness + 1)}`;
        return { text, value, tightness };
      }),
    fc.tuple(tie("tree"), tie("tree"), tie("tree")).map(([condition, a, b]): Tree => {
      const { value: chosen } = condition;
      const value = chosen === undefined ? undefined : chosen !== 0n ? a.value : b.value;
      return { text: `${inside(condition, 1)} ? ${a.text} : ${b.text}`, value, tightness: 0 };
    }),
    fc
      .tuple(fc.constantFrom("min", "max"), fc.array(tie("tree"), { minLength: 1, maxLength: 3 }))
      .map(([name, operands]): Tree => {
        const values = operands.map(({ value }) => value);
        const known = values.every((value) => value !== undefined) ? values : undefined;
        const better = (a: bigint, b: bigint) => (name === "min" ? a < b : a > b);
        return {
          text: `${name}(${operands.map(({ text }) => text).join(", ")})`,
          value: known?.reduce((best, value) => (better(value, best) ? value : best)),
          tightness: ATOM,
        };
      }),
  ),
}));

const options = { readFile: () => undefined };
const MASK = (1n << 64n) - 1n;

describe("expressions", () => {
  test("have the values that JavaScript finds for the same tree", () => {
    fc.assert(
      fc.property(tree, ({ text, value }) => {
        const source = `    .data\n    .dword (${text}) & ${MASK}\nv = ${text}\n    .dword v >> 64 & ${MASK}\n`;
        const { image, diagnostics } = assemble("e.tasm", source, options);
        if (value === undefined) {
          expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
          return;
        }
        const huge = diagnostics.some(({ message }) => message.includes("more than 16384 bits"));
        if (huge) return;
        expect(diagnostics).toEqual([]);
        const bytes = image!.sections.find(({ name }) => name === ".data")!.data!;
        const view = new DataView(bytes.buffer, bytes.byteOffset);
        expect(view.getBigUint64(0, true)).toBe(BigInt.asUintN(64, value));
        expect(view.getBigUint64(8, true)).toBe(BigInt.asUintN(64, value >> 64n));
      }),
      { numRuns: 1000 },
    );
  });

  test("real numbers are rounded once, from their exact value", () => {
    const term = fc.tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: 1, max: 999 }));
    fc.assert(
      fc.property(term, term, ([a, b], [c, d]) => {
        const source = `    .data\n    .fixed ${a} / ${b} - 1.5 * ${c} / ${d}e2\n`;
        const { image, diagnostics } = assemble("e.tasm", source, options);
        // floor(x * 2^20 + 1/2) with x = a/b - 3c / 200d
        const [n, m] = [a * 200 * d - 3 * c * b, 200 * d * b].map(BigInt) as [bigint, bigint];
        const dividend = (n << 21n) + m;
        const floor = dividend / (2n * m) - (dividend < 0n && dividend % (2n * m) !== 0n ? 1n : 0n);
        expect(diagnostics).toEqual([]);
        const bytes = image!.sections.find(({ name }) => name === ".data")!.data!;
        expect(new DataView(bytes.buffer, bytes.byteOffset).getInt32(0, true)).toBe(Number(floor));
      }),
    );
  });
});
