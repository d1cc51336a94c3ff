import { createToken, Lexer } from "chevrotain";

// Labels are what messages call a token. The order decides where two patterns match: the first wins.

export const Newline = createToken({
  name: "Newline",
  pattern: /\r?\n|\r/,
  line_breaks: true,
  label: "the end of the line",
});
const Blank = createToken({ name: "Blank", pattern: /[ \t\f\v]+/, group: Lexer.SKIPPED });
const Continuation = createToken({
  name: "Continuation",
  pattern: /\\[ \t]*\r?\n/,
  line_breaks: true,
  group: Lexer.SKIPPED,
});
const LineComment = createToken({
  name: "LineComment",
  pattern: /(?:#|\/\/)[^\r\n]*/,
  group: Lexer.SKIPPED,
});
const BlockComment = createToken({
  name: "BlockComment",
  // Lazy: the usual pattern without laziness overflows the stack in a comment of a million stars.
  pattern: /\/\*[\s\S]*?\*\//,
  line_breaks: true,
  group: Lexer.SKIPPED,
});
/** Taken to the end, so that a file of unclosed comments is read once and not once a comment. */
export const UnclosedComment = createToken({
  name: "UnclosedComment",
  pattern: /\/\*[\s\S]*/,
  line_breaks: true,
});

export const Real = createToken({
  name: "Real",
  pattern: /(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+/,
  label: "a number",
});
export const LocalReference = createToken({
  name: "LocalReference",
  pattern: /\d+[bf](?![\w.])/,
  label: "a local label",
});
export const Integer = createToken({
  name: "Integer",
  pattern: /0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*/,
  label: "a number",
});
/** Instructions, directives, registers, symbols: what a name is depends on its place. */
export const Name = createToken({
  name: "Name",
  pattern: /\.?[A-Za-z_][\w.]*|\./,
  label: "a name",
});
export const Text = createToken({
  name: "Text",
  pattern: /"(?:[^"\\\r\n]|\\[^\r\n])*"/,
  label: "a string",
});
export const Character = createToken({
  name: "Character",
  pattern: /'(?:[^'\\\r\n]|\\[^\r\n]){1,12}'/,
  label: "a character",
});
export const UnclosedText = createToken({ name: "UnclosedText", pattern: /"[^\r\n]*/ });

export const Comma = createToken({ name: "Comma", pattern: /,/, label: '","' });
export const Colon = createToken({ name: "Colon", pattern: /:/, label: '":"' });
export const Question = createToken({ name: "Question", pattern: /\?/, label: '"?"' });
export const LeftParenthesis = createToken({
  name: "LeftParenthesis",
  pattern: /\(/,
  label: '"("',
});
export const RightParenthesis = createToken({
  name: "RightParenthesis",
  pattern: /\)/,
  label: '")"',
});

/** Two operands, or one: + and -. */
export const Sign = createToken({ name: "Sign", pattern: /[+-]/, label: "an operator" });
export const UnaryOperator = createToken({
  name: "UnaryOperator",
  pattern: /[!~](?!=)/,
  label: "an operator",
});
export const BinaryOperator = createToken({
  name: "BinaryOperator",
  pattern: /<<|>>|<=|>=|==|!=|&&|\|\||[<>*/%&|^]/,
  label: "an operator",
});
export const Assign = createToken({ name: "Assign", pattern: /=(?!=)/, label: '"="' });

/** Real comes first for the sake of ".5": Name would take the dot. */
export const TOKENS = [
  Real,
  Name,
  Comma,
  Newline,
  Blank,
  Continuation,
  LineComment,
  BlockComment,
  UnclosedComment,
  LocalReference,
  Integer,
  Text,
  Character,
  UnclosedText,
  Colon,
  Question,
  LeftParenthesis,
  RightParenthesis,
  Sign,
  UnaryOperator,
  BinaryOperator,
  Assign,
];
