import {
  EmbeddedActionsParser,
  EOF,
  type IOrAlt,
  type IToken,
  type ParserMethod,
} from "chevrotain";
import { FUNCTION_NAMES } from "../expression/function-names.js";
import type {
  Assignment,
  Command,
  Expression,
  LabelDefinition,
  MacroHeader,
  MacroParameter,
  NameReference,
  Operand,
  Range,
  Statement,
} from "./ast.js";
import { characterLiteral, integerLiteral, realLiteral, textLiteral } from "./literals.js";
import { binaryTree } from "./operators.js";
import { PARSER_MESSAGES } from "./parser-messages.js";
import * as t from "./tokens.js";

function rangeOf(token: IToken): Range {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}

const NO_LABELS: readonly LabelDefinition[] = [];
const NO_OPERANDS: Operand[] = [];

/**
 * The grammar of one line. It knows no mnemonic and no directive: those are looked up when a
 * statement is carried out, so that a macro may bear any name and a new instruction needs no rule.
 */
export class LineParser extends EmbeddedActionsParser {
  /** @param skipValidations of the grammar itself; a test has it validated */
  constructor({ skipValidations = true } = {}) {
    super([...t.TOKENS], {
      maxLookahead: 2,
      skipValidations,
      recoveryEnabled: false,
      nodeLocationTracking: "none",
      errorMessageProvider: PARSER_MESSAGES,
    });
    this.performSelfAnalysis();
  }

  readonly line = this.RULE("line", (): Statement => {
    let labels: LabelDefinition[] | undefined;
    this.MANY({
      GATE: () => this.LA(2).tokenTypeIdx === t.Colon.tokenTypeIdx,
      DEF: () => {
        const label = this.SUBRULE(this.label);
        labels ??= [];
        labels.push(label);
      },
    });
    const body = this.OPTION(() => this.SUBRULE(this.body));
    return { kind: "statement", labels: labels ?? NO_LABELS, body };
  });

  private readonly label = this.RULE("label", (): LabelDefinition => {
    const token = this.OR([
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.CONSUME(t.Integer) },
    ]);
    this.CONSUME(t.Colon);
    return this.ACTION(() => ({ name: token.image, ...rangeOf(token) }));
  });

  private readonly body = this.RULE("body", (): Command | Assignment => {
    const token = this.CONSUME(t.Name);
    const name = token.image;
    const start = token.startOffset;
    const nameRange = rangeOf(token);
    let value: Expression | undefined;
    let operands: Operand[] = NO_OPERANDS;
    this.OPTION1({
      GATE: () => this.LA(1).tokenTypeIdx === t.Assign.tokenTypeIdx,
      DEF: () => {
        this.CONSUME(t.Assign);
        value = this.SUBRULE(this.expression);
      },
    });
    this.OPTION2({
      GATE: () => value === undefined,
      DEF: () => {
        operands = this.SUBRULE1(this.operands);
      },
    });
    // The choice above never takes a first operand that is left out.
    this.OPTION3({
      GATE: () => value === undefined,
      DEF: () => {
        const blank = this.nothing();
        this.CONSUME(t.Comma);
        operands = [blank].concat(this.SUBRULE2(this.operands));
      },
    });
    if (value) return { kind: "assignment", name, nameRange, value, start, end: value.end };
    const end = operands[operands.length - 1]?.end ?? nameRange.end;
    return { kind: "command", name, nameRange, operands, start, end };
  });

  private readonly operands = this.RULE("operands", (): Operand[] => {
    const operands = [this.SUBRULE1(this.operand)];
    this.MANY(() => {
      this.CONSUME(t.Comma);
      operands.push(this.SUBRULE2(this.operand));
    });
    return operands;
  });

  // The alternatives of a choice are kept, here and below: made anew for each token they would be
  // most of what the garbage collector has to do.
  private operandAlternatives: IOrAlt<Operand>[] | undefined;

  private readonly operand: ParserMethod<[], Operand> = this.RULE("operand", (): Operand => {
    this.operandAlternatives ??= [
      {
        // A lone name, as most operands are, without the rules of expressions.
        GATE: () => this.isLast(this.LA(2)),
        IGNORE_AMBIGUITIES: true,
        ALT: () => this.nameOf(this.CONSUME1(t.Name)),
      },
      {
        GATE: () => this.LA(2).tokenTypeIdx === t.Assign.tokenTypeIdx,
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          const { image: name, startOffset: start } = this.CONSUME2(t.Name);
          this.CONSUME(t.Assign);
          const value = this.SUBRULE(this.operand);
          return { kind: "named", name, value, start, end: value.end };
        },
      },
      { ALT: () => this.SUBRULE(this.text) },
      { ALT: () => this.SUBRULE(this.expressionOrMemory) },
      { GATE: () => this.isLast(this.LA(1)), ALT: () => this.nothing() },
    ];
    return this.OR(this.operandAlternatives);
  });

  private isLast({ tokenTypeIdx }: IToken): boolean {
    return tokenTypeIdx === t.Comma.tokenTypeIdx || tokenTypeIdx === EOF.tokenTypeIdx;
  }

  /** Nothing in front of a comma or the line's end. */
  private nothing(): Operand {
    const next = this.LA(1);
    const previous = this.LA(0);
    const start = next.tokenType === EOF ? previous.startOffset + 1 : next.startOffset;
    return { kind: "blank", start, end: start };
  }

  private nameOf({ image, startOffset }: IToken): NameReference {
    return { kind: "name", name: image, start: startOffset, end: startOffset + image.length };
  }

  private readonly expressionOrMemory = this.RULE("expressionOrMemory", (): Operand => {
    const offset = this.SUBRULE1(this.expression);
    let operand: Operand = offset;
    this.OPTION(() => {
      this.CONSUME(t.LeftParenthesis);
      const base = this.SUBRULE2(this.expression);
      const end = this.CONSUME(t.RightParenthesis).startOffset + 1;
      operand = { kind: "memory", offset, base, start: offset.start, end };
    });
    return operand;
  });

  private readonly text = this.RULE("text", (): Operand => {
    const token = this.CONSUME(t.Text);
    return this.ACTION(() => ({
      kind: "string",
      ...textLiteral(token.image, token.startOffset),
      ...rangeOf(token),
    }));
  });

  private operatorAlternatives: IOrAlt<IToken>[] | undefined;

  readonly expression: ParserMethod<[], Expression> = this.RULE("expression", (): Expression => {
    const first = this.SUBRULE1(this.term);
    let terms: Expression[] | undefined;
    let operators: string[] | undefined;
    this.MANY(() => {
      this.operatorAlternatives ??= [
        { ALT: () => this.CONSUME(t.Sign) },
        { ALT: () => this.CONSUME(t.BinaryOperator) },
      ];
      const operator = this.OR(this.operatorAlternatives).image;
      terms ??= [first];
      operators ??= [];
      operators.push(operator);
      terms.push(this.SUBRULE2(this.term));
    });
    let tree = terms && operators ? binaryTree(terms, operators) : first;
    this.OPTION(() => {
      this.CONSUME(t.Question);
      const then = this.SUBRULE1(this.expression);
      this.CONSUME(t.Colon);
      const otherwise = this.SUBRULE2(this.expression);
      const { start } = tree;
      tree = { kind: "conditional", condition: tree, then, otherwise, start, end: otherwise.end };
    });
    return tree;
  });

  private signAlternatives: IOrAlt<IToken>[] | undefined;
  private termAlternatives: IOrAlt<Expression>[] | undefined;

  private readonly term: ParserMethod<[], Expression> = this.RULE("term", (): Expression => {
    let signs: IToken[] | undefined;
    this.MANY(() => {
      this.signAlternatives ??= [
        { ALT: () => this.CONSUME(t.Sign) },
        { ALT: () => this.CONSUME(t.UnaryOperator) },
      ];
      const sign = this.OR1(this.signAlternatives);
      signs ??= [];
      signs.push(sign);
    });
    this.termAlternatives ??= [
      {
        // Only the name of a function makes a call: `table(x5)` is a memory operand.
        GATE: () => FUNCTION_NAMES.has(this.LA(1).image),
        IGNORE_AMBIGUITIES: true,
        ALT: () => this.SUBRULE(this.call),
      },
      { ALT: () => this.nameOf(this.CONSUME(t.Name)) },
      { ALT: () => this.integer(this.CONSUME(t.Integer)) },
      { ALT: () => this.real(this.CONSUME(t.Real)) },
      { ALT: () => this.character(this.CONSUME(t.Character)) },
      { ALT: () => this.localReference(this.CONSUME(t.LocalReference)) },
      {
        ALT: () => {
          const start = this.CONSUME(t.LeftParenthesis).startOffset;
          const inner = this.SUBRULE(this.expression);
          const end = this.CONSUME(t.RightParenthesis).startOffset + 1;
          return { kind: "parenthesized", inner, start, end };
        },
      },
    ];
    let result = this.OR2(this.termAlternatives);
    for (let sign = signs?.pop(); sign; sign = signs?.pop()) {
      const { image: operator, startOffset: start } = sign;
      result = { kind: "unary", operator, operand: result, start, end: result.end };
    }
    return result;
  });

  private integer(token: IToken): Expression {
    const range = rangeOf(token);
    return this.ACTION(() => {
      const value = integerLiteral(token.image, range);
      return { kind: "integer", value, start: range.start, end: range.end };
    });
  }

  private real(token: IToken): Expression {
    const range = rangeOf(token);
    return this.ACTION(() => ({ kind: "real", ...realLiteral(token.image, range), ...range }));
  }

  private character(token: IToken): Expression {
    return this.ACTION(() => {
      const value = characterLiteral(token.image, token.startOffset);
      return { kind: "integer", value, ...rangeOf(token) };
    });
  }

  private localReference(token: IToken): Expression {
    const direction = token.image.endsWith("b") ? "b" : "f";
    return { kind: "local", number: token.image.slice(0, -1), direction, ...rangeOf(token) };
  }

  private readonly call = this.RULE("call", (): Expression => {
    const { image: name, startOffset: start } = this.CONSUME(t.Name);
    const parameters: Expression[] = [];
    this.CONSUME(t.LeftParenthesis);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        parameters.push(this.SUBRULE(this.expression));
      },
    });
    const end = this.CONSUME(t.RightParenthesis).startOffset + 1;
    return { kind: "call", name, arguments: parameters, start, end };
  });

  /** `.macro name parameter, parameter=default, …`; commas between parameters may be left out. */
  readonly macroHeader = this.RULE("macroHeader", (): MacroHeader => {
    this.CONSUME1(t.Name);
    const name = this.CONSUME2(t.Name);
    const parameters: MacroParameter[] = [];
    this.MANY(() => {
      this.OPTION1(() => this.CONSUME(t.Comma));
      const parameter = this.CONSUME3(t.Name);
      let qualifier: string | undefined;
      let fallback: Range | undefined;
      this.OPTION2(() => {
        this.CONSUME(t.Colon);
        qualifier = this.CONSUME4(t.Name).image;
      });
      this.OPTION3(() => {
        this.CONSUME(t.Assign);
        fallback = this.SUBRULE(this.operand);
      });
      parameters.push({ name: parameter.image, qualifier, fallback, ...rangeOf(parameter) });
    });
    return { kind: "macro", name: name.image, nameRange: rangeOf(name), parameters };
  });
}
