import type { IToken } from "chevrotain";
import type {
  IntegerLiteral,
  LocalReference,
  NameReference,
  Range,
  RealLiteral,
  StringLiteral,
} from "./ast.js";
import { characterLiteral, integerLiteral, realLiteral, textLiteral } from "./literals.js";

// What single tokens become. Those that read a literal throw a LiteralError for a wrong one.

export function rangeOf({ startOffset: start, image }: IToken): Range {
  return { start, end: start + image.length };
}

export function nameReference({ image: name, startOffset: start }: IToken): NameReference {
  return { kind: "name", name, start, end: start + name.length };
}

export function integer(token: IToken): IntegerLiteral {
  const { start, end } = rangeOf(token);
  return { kind: "integer", value: integerLiteral(token.image, { start, end }), start, end };
}

export function real(token: IToken): RealLiteral {
  const range = rangeOf(token);
  return { kind: "real", ...realLiteral(token.image, range), ...range };
}

export function character(token: IToken): IntegerLiteral {
  const value = characterLiteral(token.image, token.startOffset);
  return { kind: "integer", value, ...rangeOf(token) };
}

export function string(token: IToken): StringLiteral {
  return { kind: "string", ...textLiteral(token.image, token.startOffset), ...rangeOf(token) };
}

export function localReference(token: IToken): LocalReference {
  const direction = token.image.endsWith("b") ? "b" : "f";
  return { kind: "local", number: token.image.slice(0, -1), direction, ...rangeOf(token) };
}
