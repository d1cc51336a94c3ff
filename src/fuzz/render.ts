import { assemble } from "../assembler/index.js";
import { formatInstruction, formatWord } from "../disassembler/index.js";
import type { Image } from "../image/image.js";
import { encode, type Fields, type Instruction, instruction, MEMORY } from "../isa/index.js";
import type { DataBlock, FuzzProgram, Line, Statement } from "./program.js";

const WORDS_A_LINE = 8;

/** Writes assembly, bodies of calls behind the program. */
class Writer {
  readonly lines: string[] = [];
  readonly #behind: (() => void)[] = [];
  #labels = 0;

  label(): string {
    return `.L${++this.#labels}`;
  }

  text(text: string): void {
    this.lines.push(`    ${text}`);
  }

  place(label: string): void {
    this.lines.push(`${label}:`);
  }

  instruction(instruction: Instruction, label?: string): void {
    this.text(
      label === undefined
        ? formatInstruction(instruction, { aliases: false })
        : formatInstruction(instruction, { aliases: false, address: 0, symbolAt: () => label }),
    );
  }

  run(id: Parameters<typeof instruction>[0], fields: Fields, label?: string): void {
    this.instruction({ spec: instruction(id), fields }, label);
  }

  line(line: Line): void {
    if (line.kind === "word") {
      const { text, illegal } = formatWord(line.word);
      this.text(illegal === undefined ? text : `${text} # ${illegal}`);
    } else if (line.instruction.spec.operands.some(({ kind }) => kind === "target"))
      this.text(formatWord(encode(line.instruction)).text);
    else this.instruction(line.instruction);
  }

  statements(statements: readonly Statement[]): void {
    for (const statement of statements) this.statement(statement);
  }

  statement(statement: Statement): void {
    switch (statement.kind) {
      case "step":
        if (statement.aim) this.text(`# ${statement.aim}`);
        for (const line of statement.lines) this.line(line);
        return;
      case "loop": {
        const { counter, count, body } = statement;
        const top = this.label();
        this.run("li", { rd: counter, imm48: count });
        this.place(top);
        this.statements(body);
        this.run("addi", { rd: counter, rs1: counter, imm: -1 });
        this.run("bne", { rs1: counter, rs2: 0 }, top);
        return;
      }
      case "skip": {
        const { branch, through, body } = statement;
        const end = this.label();
        if (through !== undefined) this.text(`li x${through}, ${end}`);
        this.instruction(branch, through === undefined ? end : undefined);
        this.statements(body);
        this.place(end);
        return;
      }
      case "call": {
        const { link, body } = statement;
        const entry = this.label();
        this.run("jal", { rd: link }, entry);
        this.#behind.push(() => {
          this.place(entry);
          this.statements(body);
          this.run("jalr", { rd: 0, rs1: link, imm: 0 });
        });
        return;
      }
    }
  }

  /** The bodies of calls, and of calls in them. */
  finish(): void {
    for (let body = this.#behind.shift(); body; body = this.#behind.shift()) body();
  }

  data(blocks: readonly DataBlock[]): void {
    const sorted = [...blocks].sort((a, b) => a.address - b.address);
    if (sorted.length === 0) return;
    this.text(".data");
    let end = 0;
    for (const { address, words } of sorted) {
      if (address > end) this.text(`.zero ${address - end}`);
      for (let i = 0; i < words.length; i += WORDS_A_LINE)
        this.text(`.word ${words.subarray(i, i + WORDS_A_LINE).join(", ")}`);
      end = address + 4 * words.length;
    }
    this.text(".text");
  }
}

/** Words of comments that say what the host does, which is no part of an image. */
function hostComment({ host, configuration, seed }: FuzzProgram): string[] {
  return [
    `# random program ${seed} for configuration ${configuration.name}`,
    `# input: ${host.input.join(",")}${host.close ? ", then closed" : ""}`,
    `# ${host.burst} entries at a time, a stop every ${host.slices.join(", ")} instructions, output taken at each ${host.takeEvery}.`,
  ];
}

/** A random program as assembly source. */
export function programText(program: FuzzProgram): string {
  const writer = new Writer();
  writer.data(program.data);
  writer.place("_start");
  writer.statements(program.statements);
  // What is left without an end must not run into the bodies of calls.
  const before = writer.lines.length;
  writer.finish();
  if (writer.lines.length > before) writer.lines.splice(before, 0, "    halt");
  // The assembler wants an instruction behind a label, and at least one in all.
  if (writer.lines.at(-1)!.endsWith(":")) writer.text("halt");
  return `${[...hostComment(program), ...writer.lines].join("\n")}\n`;
}

/** The address of the first instruction. */
export const CODE_START = MEMORY.instruction_base;

/** Assemble a random program. @throws Error when the assembler refuses it, which is a bug here */
export function programImage(program: FuzzProgram, file = `fuzz-${program.seed}.tasm`): Image {
  const text = programText(program);
  const { configuration } = program;
  const { image, diagnostics } = assemble(file, text, {
    readFile: () => undefined,
    configuration,
  });
  if (image) return image;
  const problems = diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ message, span }) => `${span?.line}: ${message}`);
  throw new Error(`random program ${program.seed} does not assemble: ${problems.join("; ")}`);
}
