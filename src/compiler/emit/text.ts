const INSTRUCTION_INDENT = "    ";
const MNEMONIC_WIDTH = 12;
const COMMENT_COLUMN = 68;

/** Collects assembly source line by line, laid out in columns. */
export class AssemblyText {
  readonly #lines: string[] = [];
  instructions = 0;

  /** A line as it is. */
  line(text = ""): void {
    this.#lines.push(text);
  }

  comment(text: string): void {
    this.#lines.push(text ? `# ${text}` : "#");
  }

  label(name: string): void {
    this.#lines.push(`${name}:`);
  }

  /** `name = value`, with what it is. */
  constant(name: string, value: number | string, comment: string): void {
    this.#lines.push(`${`${name} = ${value}`.padEnd(COMMENT_COLUMN - 1)} # ${comment}`);
  }

  instruction(mnemonic: string, operands: readonly string[], comment = ""): void {
    this.instructions++;
    this.#indented(mnemonic, operands.join(", "), comment);
  }

  directive(name: string, operands: string, comment = ""): void {
    this.#indented(name, operands, comment);
  }

  #indented(word: string, rest: string, comment: string): void {
    const text = `${INSTRUCTION_INDENT}${word.padEnd(MNEMONIC_WIDTH)}${rest}`.trimEnd();
    this.#lines.push(comment ? `${text.padEnd(COMMENT_COLUMN - 1)} # ${comment}` : text);
  }

  toString(): string {
    return `${this.#lines.join("\n")}\n`;
  }
}
