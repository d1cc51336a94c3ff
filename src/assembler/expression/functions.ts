import { tensorSize } from "../../image/tensor-size.js";
import { NUMERICS, PACKINGS } from "../../isa/index.js";
import { type Packing, packedSize } from "../../ternary/packing.js";
import type { Tensor } from "../symbols/symbol-table.js";
import type { FunctionName } from "./function-names.js";
import * as r from "./rational.js";

/** What a function sees of its call. Arguments are evaluated when it asks for them. */
export interface CallContext {
  readonly count: number;
  real(index: number): r.Rational;
  integer(index: number): bigint;
  /** The argument as a bare name, if it is one. */
  name(index: number): string | undefined;
  /** What `.tensor` said of a symbol. */
  sizeOf(name: string): Tensor | undefined;
  /** Give up, pointing at an argument or at the whole call. */
  fail(message: string, index?: number, help?: string): never;
}

export interface ExpressionFunction {
  readonly parameters: readonly string[];
  /** Whether more arguments may follow. */
  readonly variadic?: boolean;
  readonly integer: (call: CallContext) => bigint;
  /** For functions that also work on real numbers inside a real number. */
  readonly real?: (values: r.Rational[]) => r.Rational;
}

const FRACTION_BITS = NUMERICS.fraction_bits;
const ELEMENT_LIMIT = 1n << BigInt(NUMERICS.element_bits - 1);

/**
 * The element of a real number: round(value * 2^F).
 * @returns undefined when it is beyond the range of an element
 */
export function toElement(value: r.Rational): bigint | undefined {
  const element = r.roundScaled(value, FRACTION_BITS);
  return element >= -ELEMENT_LIMIT && element < ELEMENT_LIMIT ? element : undefined;
}

const ELEMENT_REACH = 2 ** (NUMERICS.element_bits - 1 - FRACTION_BITS);

/** What a message says of a real number that is no element. */
export const ELEMENT_RANGE = `out of range: an element reaches from -${ELEMENT_REACH} to just below ${ELEMENT_REACH}`;
export const BINARY32_RANGE = "out of range: the largest binary32 number is about 3.4e38";

/** The value that is better than all others. */
function pick<T>(values: readonly T[], better: (a: T, b: T) => boolean): T {
  return values.reduce((best, value) => (better(value, best) ? value : best));
}

function integers(call: CallContext): bigint[] {
  return Array.from({ length: call.count }, (_, i) => call.integer(i));
}

export const FUNCTIONS: Readonly<Record<FunctionName, ExpressionFunction>> = {
  fixed: {
    parameters: ["real"],
    integer: (call) => toElement(call.real(0)) ?? call.fail(ELEMENT_RANGE, 0),
  },
  eps: {
    parameters: ["real"],
    integer: (call) => r.roundScaled(call.real(0), 2 * FRACTION_BITS),
  },
  float: {
    parameters: ["real"],
    integer: (call) => r.toBinary32(call.real(0)) ?? call.fail(BINARY32_RANGE, 0),
  },
  min: {
    parameters: ["a"],
    variadic: true,
    integer: (call) => pick(integers(call), (a, b) => a < b),
    real: (values) => pick(values, (a, b) => r.compare(a, b) < 0),
  },
  max: {
    parameters: ["a"],
    variadic: true,
    integer: (call) => pick(integers(call), (a, b) => a > b),
    real: (values) => pick(values, (a, b) => r.compare(a, b) > 0),
  },
  abs: {
    parameters: ["a"],
    integer: (call) => {
      const value = call.integer(0);
      return value < 0n ? -value : value;
    },
    real: ([value]) => (value!.numerator < 0n ? r.negate(value!) : value!),
  },
  align: {
    parameters: ["n", "a"],
    integer: (call) => {
      const [n, a] = [call.integer(0), call.integer(1)];
      if (a <= 0n) return call.fail(`alignment ${a}, expected a positive number`, 1);
      const rest = ((n % a) + a) % a;
      return rest === 0n ? n : n + a - rest;
    },
  },
  packed_size: {
    parameters: ["rows", "columns", "packing"],
    integer: (call) => {
      const [rows, columns] = [dimension(call, 0), dimension(call, 1)];
      const packing = call.name(2);
      if (packing === undefined || !Object.hasOwn(PACKINGS, packing))
        return call.fail(`expected a packing: ${Object.keys(PACKINGS).join(" or ")}`, 2);
      return BigInt(packedSize(rows, columns, packing as Packing));
    },
  },
  sizeof: {
    parameters: ["symbol"],
    integer: (call) => {
      const name = call.name(0);
      if (name === undefined) return call.fail("expected the name of a symbol", 0);
      const tensor = call.sizeOf(name);
      if (!tensor)
        return call.fail(
          `the size of "${name}" is not known`,
          0,
          `state its type and shape: .tensor ${name}, q, 256`,
        );
      return BigInt(tensorSize(tensor));
    },
  },
};

function dimension(call: CallContext, index: number): number {
  const value = call.integer(index);
  return value >= 0n && value < 1n << 24n
    ? Number(value)
    : call.fail(`dimension ${value}, expected 0 to ${2 ** 24 - 1}`, index);
}
