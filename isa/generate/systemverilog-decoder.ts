import { rangeOf } from "../../src/isa/range.js";
import type { Machine, OperandRow, Specification } from "./load.js";
import { upperCamelCase } from "./names.js";

/** What instructions share whose operands are encoded alike: one arm of the decoder. */
interface Format {
  readonly name: string;
  readonly operands: readonly OperandRow[];
  readonly nonzero: readonly string[];
  readonly distinct: readonly string[];
}

/** The format of every instruction, by id, in the order of their first use. */
export function instructionFormats(spec: Specification): Map<string, Format> {
  const formats = new Map<string, Format>();
  const names = new Set<string>();
  return new Map(
    spec.instructions.map(({ id, operands, nonzero, distinct }) => {
      const words = operands.map(({ name }) => name);
      const key = JSON.stringify([words, nonzero, distinct]);
      let format = formats.get(key);
      if (!format) {
        let name = `Fmt${upperCamelCase(words.join("_") || "none")}`;
        while (names.has(name)) name += "Other";
        names.add(name);
        format = { name, operands, nonzero, distinct };
        formats.set(key, format);
      }
      return [id, format];
    }),
  );
}

/** The fields that number registers: a decoded instruction has one operand_t for each. */
function registerFields(machine: Machine): string[] {
  const used = Object.values(machine.operands)
    .filter(({ access }) => access)
    .map(({ base, field }) => base ?? field);
  return Object.keys(machine.word.fields).filter((field) => used.includes(field));
}

/** The decoder: types of a decoded instruction and the pure function that makes one of a word. */
export function emitDecoder(spec: Specification): string {
  const { machine } = spec;
  const byId = instructionFormats(spec);
  const formats = [...new Map([...byId.values()].map((format) => [format.name, format])).values()];
  const slots = registerFields(machine);
  const slotBits = Math.max(...slots.map((field) => width(machine, field)));
  const immBits = immediateBits(machine);
  const { fields } = machine.word;
  const [opcodeHigh, opcodeLow] = fields.opcode!;
  const files = Object.entries(machine.registers);
  const exists = files.map(([file, { count }]) => {
    const test = count === 2 ** slotBits ? "1'b1" : `index < ${slotBits}'d${count}`;
    return `      Reg${upperCamelCase(file)}: return ${test};`;
  });
  return `  // Instructions of one format have their operands in the same places.
  typedef enum logic [7:0] {
${formats.map(({ name }) => `    ${name}`).join(",\n")}
  } format_e;

  typedef enum logic [1:0] {
    RegNone${files.map(([file]) => `,\n    Reg${upperCamelCase(file)}`).join("")}
  } reg_file_e;

  typedef struct packed {
    reg_file_e file;  // RegNone: no register; index is then a constant, or 0
    logic read;
    logic write;
    logic [${slotBits - 1}:0] index;
  } operand_t;

  typedef struct packed {
    logic legal;  // if 0, the word is no instruction and every other field is 0
    opcode_e opcode;
    unit_e unit;
    timing_e timing;
${slots.map((field) => `    operand_t ${field};`).join("\n")}
    logic signed [${immBits - 1}:0] imm;  // extended by its sign if it has one
  } decoded_t;

  typedef struct packed {
    logic known;
    format_e format;
    unit_e unit;
    timing_e timing;
  } opcode_info_t;

  // The row of an opcode; known is 0 if there is none.
  function automatic opcode_info_t opcode_info(logic [${opcodeHigh - opcodeLow}:0] opcode);
    unique case (opcode)
${spec.instructions
  .map(({ id, unit, timing }) => {
    const values = [`Unit${upperCamelCase(unit)}`, `Timing${upperCamelCase(timing)}`];
    return `      Op${upperCamelCase(id)}: return '{1'b1, ${[byId.get(id)!.name, ...values].join(", ")}};`;
  })
  .join("\n")}
      default: return '0;
    endcase
  endfunction

  // Whether a register file has a register of that number.
  function automatic logic register_exists(reg_file_e file, logic [${slotBits - 1}:0] index);
    unique case (file)
${exists.join("\n")}
      default: return 1'b1;
    endcase
  endfunction

  // Decode an instruction word. Legal is what encodes an instruction of the specification: every
  // register exists, every constant is in range, and every bit that no operand uses is 0.
  function automatic decoded_t decode(logic [WordBits-1:0] word);
    opcode_info_t info;
    decoded_t decoded;
    logic [WordBits-1:0] used;  // the bits that the opcode and the operands occupy
    logic in_range;

    info = opcode_info(word[OpcodeHigh:OpcodeLow]);
    decoded = '0;
    decoded.opcode = opcode_e'(word[OpcodeHigh:OpcodeLow]);
    decoded.unit = info.unit;
    decoded.timing = info.timing;
    in_range = 1'b1;

    unique case (info.format)
${formats.map((format) => emitFormat(format, machine, immBits)).join("\n")}
      default: used = '0;
    endcase

    decoded.legal = info.known && in_range && (word & ~used) == '0${slots
      .map((field) => ` &&\n        register_exists(decoded.${field}.file, decoded.${field}.index)`)
      .join("")};
    return decoded.legal ? decoded : '0;
  endfunction`;
}

function width(machine: Machine, field: string): number {
  const [high, low] = machine.word.fields[field]!;
  return high - low + 1;
}

/** Bits of a signed number that holds every constant of every operand. */
function immediateBits(machine: Machine): number {
  return Math.max(
    ...Object.values(machine.operands)
      .filter(({ kind }) => !["v", "q", "x"].includes(kind))
      .map((operand) => width(machine, operand.field) + (isSigned(operand) ? 0 : 1)),
  );
}

function isSigned(operand: Pick<OperandRow, "kind" | "signed">): boolean {
  return operand.kind === "mem" || operand.signed === true;
}

/** One arm: the bits that the format's operands occupy, and what they say. */
function emitFormat(format: Format, machine: Machine, immBits: number): string {
  const { fields } = machine.word;
  const context = { fields, registers: machine.registers, csrs: machine.csrs };
  const slots = registerFields(machine);
  let used = 0n;
  const occupy = (field: string) => {
    const [high, low] = fields[field]!;
    used |= ((1n << BigInt(high - low + 1)) - 1n) << BigInt(low);
    return `word[${upperCamelCase(field)}High:${upperCamelCase(field)}Low]`;
  };
  occupy("opcode");
  const lines: string[] = [];
  const range: string[] = [];
  for (const operand of format.operands) {
    const { kind, access = "", base } = operand;
    const register = kind === "v" || kind === "q" || kind === "x" || kind === "mem";
    if (register) {
      const slot = base ?? operand.field;
      const file = `Reg${upperCamelCase(kind === "mem" ? "x" : kind)}`;
      const flags = `1'b${access.includes("r") ? 1 : 0}, 1'b${access.includes("w") ? 1 : 0}`;
      lines.push(`decoded.${slot} = '{${file}, ${flags}, ${occupy(slot)}};`);
      if (kind !== "mem") continue;
    }
    const bits = occupy(operand.field);
    const fieldBits = width(machine, operand.field);
    const { max } = rangeOf(operand, context);
    if (slots.includes(operand.field)) {
      lines.push(`decoded.${operand.field}.index = ${bits};`);
    } else if (fieldBits === immBits) {
      lines.push(`decoded.imm = ${bits};`);
    } else {
      const sign = isSigned(operand) ? `word[${upperCamelCase(operand.field)}High]` : "1'b0";
      lines.push(`decoded.imm = {{${immBits - fieldBits}{${sign}}}, ${bits}};`);
    }
    if (!isSigned(operand) && max < 2 ** fieldBits - 1)
      range.push(`${bits} <= ${fieldBits}'d${max}`);
  }
  for (const field of format.nonzero) range.push(`decoded.${field}.index != '0`);
  for (const [i, field] of format.distinct.entries())
    for (const other of format.distinct.slice(i + 1))
      range.push(`decoded.${field}.index != decoded.${other}.index`);
  if (range.length > 0) lines.push(`in_range = ${range.join(" &&\n            ")};`);
  return `      ${format.name}: begin
        used = 64'h${used.toString(16).padStart(16, "0")};
${lines.map((line) => `        ${line}\n`).join("")}      end`;
}
