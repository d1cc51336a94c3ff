import {
  defaultParserErrorProvider,
  EOF,
  type IToken,
  type TokenType,
  tokenLabel,
} from "chevrotain";
import { Text } from "./tokens.js";

type Provider = typeof defaultParserErrorProvider;

/** How messages name the token that was found. */
export function foundToken(token: IToken): string {
  if (token.tokenType === EOF) return "the end of the line";
  if (token.tokenType === Text) return "a string";
  const { image } = token;
  return `"${image.length > 40 ? `${image.slice(0, 37)}…` : image}"`;
}

const OPERAND = "a register, a number, a symbol or a string";

/** The labels of the first tokens of the alternatives, each once. */
function expectedLabels(paths: readonly (readonly (readonly TokenType[])[])[]): string {
  const labels = new Set<string>();
  for (const alternative of paths)
    for (const path of alternative) if (path[0]) labels.add(tokenLabel(path[0]));
  return labels.size > 3 ? OPERAND : [...labels].join(" or ");
}

/** "expected X, found Y", in the words of the language. */
export const PARSER_MESSAGES: Provider = {
  ...defaultParserErrorProvider,
  buildMismatchTokenMessage: ({ expected, actual }) =>
    `expected ${tokenLabel(expected)}, found ${foundToken(actual)}`,
  buildNotAllInputParsedMessage: ({ firstRedundant }) =>
    `expected an operator, "," or the end of the line, found ${foundToken(firstRedundant)}`,
  buildNoViableAltMessage: ({ expectedPathsPerAlt, actual }) =>
    `expected ${expectedLabels(expectedPathsPerAlt)}, found ${foundToken(actual[0]!)}`,
  buildEarlyExitMessage: ({ expectedIterationPaths, actual }) =>
    `expected ${expectedLabels([expectedIterationPaths])}, found ${foundToken(actual[0]!)}`,
};
