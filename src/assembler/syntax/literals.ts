import type { Range } from "./ast.js";

/** A literal that cannot be read. Thrown by the readers below, reported as a syntax error. */
export class LiteralError extends Error {
  constructor(
    message: string,
    readonly range: Range,
    readonly help?: string,
  ) {
    super(message);
  }
}

/** Longest number in characters: reading decimal digits takes time that grows with their square. */
const MAX_DIGITS = 1024;
/** Magnitude of the largest decimal exponent: beyond binary32 and fixed point. */
const MAX_EXPONENT = 99;

/** @throws LiteralError */
export function integerLiteral(image: string, range: Range): bigint {
  const digits = image.includes("_") ? image.replaceAll("_", "") : image;
  if (digits.length > MAX_DIGITS)
    throw new LiteralError(`a number of more than ${MAX_DIGITS} digits`, range);
  if (/^0\d/.test(digits))
    throw new LiteralError(
      `"${image}" begins with a zero`,
      range,
      `write ${digits.replace(/^0+(?=\d)/, "")}, or 0o${digits.slice(1)} if octal is meant`,
    );
  try {
    return BigInt(digits);
  } catch {
    throw new LiteralError(`"${image}" is no number`, range);
  }
}

/** @throws LiteralError */
export function realLiteral(image: string, range: Range): { digits: bigint; exponent: number } {
  const [mantissa = "", exponentText = "0"] = image.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const exponent = Number(exponentText);
  if (whole.length + fraction.length > MAX_DIGITS)
    throw new LiteralError(`a number of more than ${MAX_DIGITS} digits`, range);
  if (Math.abs(exponent) > MAX_EXPONENT)
    throw new LiteralError(
      `the exponent of "${image}" is out of range, expected -${MAX_EXPONENT} to ${MAX_EXPONENT}`,
      range,
    );
  return { digits: BigInt(whole + fraction || "0"), exponent: exponent - fraction.length };
}

const ESCAPES: Readonly<Record<string, number>> = {
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  "0": 0,
  '"': 0x22,
  "'": 0x27,
  "\\": 0x5c,
};

/**
 * A string or character literal with its quotes.
 * @param start its offset in the text, for errors
 * @throws LiteralError for an unknown escape
 */
export function textLiteral(image: string, start: number): { value: string; bytes: Uint8Array } {
  const inner = image.slice(1, -1);
  const encoder = new TextEncoder();
  if (!inner.includes("\\")) return { value: inner, bytes: encoder.encode(inner) };
  let value = "";
  const bytes: number[] = [];
  for (const part of inner.matchAll(/\\x([\da-fA-F]{2})|\\([\s\S])|[^\\]+/g)) {
    const at = start + 1 + part.index;
    if (part[1] !== undefined || part[2] !== undefined) {
      const byte = part[1] === undefined ? ESCAPES[part[2]!] : Number.parseInt(part[1], 16);
      if (byte === undefined)
        throw new LiteralError(
          `unknown escape "${part[0]}"`,
          { start: at, end: at + part[0].length },
          "known are \\n \\r \\t \\0 \\\" \\' \\\\ and \\x with two hexadecimal digits",
        );
      value += String.fromCharCode(byte);
      bytes.push(byte);
    } else {
      value += part[0];
      for (const byte of encoder.encode(part[0])) bytes.push(byte);
    }
  }
  return { value, bytes: Uint8Array.from(bytes) };
}

/** The code point of a character literal with its quotes. @throws LiteralError */
export function characterLiteral(image: string, start: number): bigint {
  const { value } = textLiteral(image, start);
  const code = value.codePointAt(0);
  if (code !== undefined && String.fromCodePoint(code) === value) return BigInt(code);
  throw new LiteralError(
    `${image} is not one character`,
    { start, end: start + image.length },
    "write a text between double quotes",
  );
}
