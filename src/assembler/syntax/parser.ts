import {
  EmbeddedActionsParser,
  EOF,
  type IToken,
  type ParserMethod,
  tokenMatcher,
} from "chevrotain";
import { FUNCTION_NAMES } from "../expression/function-names.js";
import type {
  Expression,
  LabelDefinition,
  MacroHeader,
  MacroParameter,
  NameReference,
  Operand,
  Range,
  Statement,
} from "./ast.js";
import { integerLiteral, realLiteral, textLiteral } from "./literals.js";
import { binaryTree } from "./operators.js";
import { PARSER_MESSAGES } from "./parser-messages.js";
import * as t from "./tokens.js";

function rangeOf(token: IToken): Range {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}

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
    const labels: LabelDefinition[] = [];
    let body: Statement["body"];
    this.MANY({
      GATE: () => tokenMatcher(this.LA(2), t.Colon),
      DEF: () => {
        const token = this.OR1([
          { ALT: () => this.CONSUME1(t.Name) },
          { ALT: () => this.CONSUME1(t.Integer) },
        ]);
        this.CONSUME(t.Colon);
        this.ACTION(() => labels.push({ name: token.image, ...rangeOf(token) }));
      },
    });
    this.OPTION(() => {
      const name = this.CONSUME2(t.Name);
      const nameRange = rangeOf(name);
      this.OR2([
        {
          ALT: () => {
            this.CONSUME(t.Assign);
            const value = this.SUBRULE(this.expression);
            body = {
              kind: "assignment",
              name: name.image,
              nameRange,
              value,
              start: nameRange.start,
              end: value.end,
            };
          },
        },
        {
          ALT: () => {
            const operands = this.SUBRULE(this.operands);
            body = {
              kind: "command",
              name: name.image,
              nameRange,
              operands,
              start: nameRange.start,
              end: operands[operands.length - 1]?.end ?? nameRange.end,
            };
          },
        },
      ]);
    });
    return { kind: "statement", labels, body };
  });

  private readonly operands = this.RULE("operands", (): Operand[] => {
    const operands: Operand[] = [];
    const first = this.SUBRULE1(this.operand);
    this.ACTION(() => {
      if (first.kind !== "blank" || tokenMatcher(this.LA(1), t.Comma)) operands.push(first);
    });
    this.MANY(() => {
      this.CONSUME(t.Comma);
      operands.push(this.SUBRULE2(this.operand));
    });
    return operands;
  });

  private readonly operand: ParserMethod<[], Operand> = this.RULE("operand", (): Operand => {
    let result: Operand | undefined;
    this.OPTION1({
      GATE: () => !tokenMatcher(this.LA(1), t.Comma),
      DEF: () => {
        result = this.OR([
          { ALT: () => this.SUBRULE(this.text) },
          {
            GATE: () => tokenMatcher(this.LA(2), t.Assign),
            ALT: (): Operand => {
              const name = this.CONSUME(t.Name);
              this.CONSUME(t.Assign);
              const value = this.SUBRULE(this.operand);
              return {
                kind: "named",
                name: name.image,
                value,
                start: name.startOffset,
                end: value.end,
              };
            },
          },
          {
            ALT: (): Operand => {
              const expression = this.SUBRULE(this.expression);
              let operand: Operand = expression;
              this.OPTION2(() => {
                this.CONSUME(t.LeftParenthesis);
                const base = this.SUBRULE2(this.expression);
                const close = this.CONSUME(t.RightParenthesis);
                operand = {
                  kind: "memory",
                  offset: expression,
                  base,
                  start: expression.start,
                  end: close.startOffset + 1,
                };
              });
              return operand;
            },
          },
        ]);
      },
    });
    if (result) return result;
    const at = this.LA(1).startOffset;
    return { kind: "blank", start: at, end: at };
  });

  private readonly text = this.RULE("text", (): Operand => {
    const token = this.CONSUME(t.Text);
    return this.ACTION(() => ({
      kind: "string",
      ...textLiteral(token.image, token.startOffset),
      ...rangeOf(token),
    }));
  });

  readonly expression: ParserMethod<[], Expression> = this.RULE("expression", (): Expression => {
    const terms: Expression[] = [this.SUBRULE1(this.term)];
    const operators: string[] = [];
    this.MANY(() => {
      const operator = this.OR([
        { ALT: () => this.CONSUME(t.Sign) },
        { ALT: () => this.CONSUME(t.BinaryOperator) },
      ]);
      operators.push(operator.image);
      terms.push(this.SUBRULE2(this.term));
    });
    let tree = terms.length === 1 ? terms[0]! : binaryTree(terms, operators);
    this.OPTION(() => {
      this.CONSUME(t.Question);
      const then = this.SUBRULE1(this.expression);
      this.CONSUME(t.Colon);
      const otherwise = this.SUBRULE2(this.expression);
      tree = {
        kind: "conditional",
        condition: tree,
        then,
        otherwise,
        start: tree.start,
        end: otherwise.end,
      };
    });
    return tree;
  });

  private readonly term: ParserMethod<[], Expression> = this.RULE("term", (): Expression => {
    let signs: IToken[] | undefined;
    this.MANY(() => {
      const token = this.OR1([
        { ALT: () => this.CONSUME(t.Sign) },
        { ALT: () => this.CONSUME(t.UnaryOperator) },
      ]);
      signs ??= [];
      signs.push(token);
    });
    let result = this.OR2<Expression>([
      { ALT: () => this.SUBRULE(this.nameOrCall) },
      {
        ALT: () => {
          const token = this.CONSUME(t.Integer);
          const range = rangeOf(token);
          return this.ACTION(() => ({
            kind: "integer",
            value: integerLiteral(token.image, range),
            ...range,
          }));
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(t.Real);
          const range = rangeOf(token);
          return this.ACTION(() => ({
            kind: "real",
            ...realLiteral(token.image, range),
            ...range,
          }));
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(t.Character);
          return this.ACTION(() => {
            const { value } = textLiteral(token.image, token.startOffset);
            return {
              kind: "integer",
              value: BigInt(value.codePointAt(0) ?? 0),
              ...rangeOf(token),
            };
          });
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(t.LocalReference);
          return {
            kind: "local",
            number: token.image.slice(0, -1),
            direction: token.image.endsWith("b") ? "b" : "f",
            ...rangeOf(token),
          };
        },
      },
      {
        ALT: () => {
          const open = this.CONSUME(t.LeftParenthesis);
          const inner = this.SUBRULE(this.expression);
          const close = this.CONSUME(t.RightParenthesis);
          return {
            kind: "parenthesized",
            inner,
            start: open.startOffset,
            end: close.startOffset + 1,
          };
        },
      },
    ]);
    for (let sign = signs?.pop(); sign; sign = signs?.pop())
      result = {
        kind: "unary",
        operator: sign.image,
        operand: result,
        start: sign.startOffset,
        end: result.end,
      };
    return result;
  });

  /** Only the name of a function makes a call: `table(x5)` is a memory operand. */
  private readonly nameOrCall = this.RULE("nameOrCall", (): Expression => {
    const token = this.CONSUME(t.Name);
    let result: Expression = { kind: "name", name: token.image, ...rangeOf(token) };
    this.OPTION({
      GATE: () => FUNCTION_NAMES.has((result as NameReference).name),
      DEF: () => {
        const parameters: Expression[] = [];
        this.CONSUME(t.LeftParenthesis);
        this.OPTION1(() => {
          parameters.push(this.SUBRULE1(this.expression));
          this.MANY(() => {
            this.CONSUME(t.Comma);
            parameters.push(this.SUBRULE2(this.expression));
          });
        });
        const close = this.CONSUME(t.RightParenthesis);
        result = {
          kind: "call",
          name: token.image,
          arguments: parameters,
          start: token.startOffset,
          end: close.startOffset + 1,
        };
      },
    });
    return result;
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

  /** Whether the parser has read every token that it was given. */
  finished(): boolean {
    return this.LA(1).tokenType === EOF;
  }
}
