import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const Machine = z.strictObject({
  isa: z.strictObject({ name: z.string(), major: z.int(), minor: z.int() }),
  word: z.strictObject({
    bits: z.literal(64),
    fields: z.record(z.string(), z.tuple([z.int().max(63), z.int().min(0)])),
  }),
  registers: z.record(
    z.enum(["v", "q", "x"]),
    z.strictObject({ count: z.int().max(32), description: z.string() }),
  ),
  register_aliases: z.record(z.string(), z.string()),
  operands: z.record(
    z.string(),
    z.strictObject({
      kind: z.enum(["v", "q", "x", "mem", "imm", "target", "csr"]),
      field: z.string(),
      base: z.string().optional(),
      signed: z.boolean().optional(),
      max: z.int().optional(),
      access: z.enum(["r", "w", "rw"]).optional(),
    }),
  ),
  units: z.record(z.string(), z.string()),
  timing: z.record(z.string(), z.string()),
  numerics: z.record(z.string(), z.int()),
  memory: z.strictObject({ line_bytes: z.int(), instruction_base: z.int() }),
  packings: z.record(z.string(), z.strictObject({ trits: z.int(), description: z.string() })),
  traps: z.record(
    z.string(),
    z.strictObject({ code: z.int(), value: z.string(), description: z.string() }),
  ),
  csrs: z.record(z.string(), z.strictObject({ number: z.int(), description: z.string() })),
  functions: z.record(z.string(), z.string()),
  tables: z.record(z.string(), z.string()),
});

const Instructions = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z][a-z0-9]*(\.[a-z0-9]+)?$/),
    opcode: z.int().min(1).max(255),
    syntax: z.string(),
    unit: z.string(),
    timing: z.string(),
    summary: z.string(),
    semantics: z.string(),
    traps: z.array(z.string()).default([]),
    nonzero: z.array(z.string()).default([]),
    distinct: z.array(z.string()).default([]),
  }),
);

const Aliases = z.array(
  z.strictObject({ syntax: z.string(), expands: z.array(z.string()), summary: z.string() }),
);

const Configurations = z.array(
  z.strictObject({
    name: z.string(),
    description: z.string(),
    vlmax: z.int().min(1).max(16384),
    dram: z.int(),
    instructions: z.int(),
    queue: z.int(),
    packings: z.array(z.string()),
  }),
);

export type Machine = z.infer<typeof Machine>;
export type InstructionRow = z.infer<typeof Instructions>[number];
export type AliasRow = z.infer<typeof Aliases>[number];
export type ConfigurationRow = z.infer<typeof Configurations>[number];

/** One operand of an instruction: its name in the syntax and its entry in machine.yaml. */
export type OperandRow = { name: string } & Machine["operands"][string];

/** The whole specification, validated, with each instruction's syntax split up. */
export interface Specification {
  machine: Machine;
  instructions: (InstructionRow & { mnemonic: string; operands: OperandRow[] })[];
  aliases: (AliasRow & { mnemonic: string; operands: OperandRow[] })[];
  configurations: ConfigurationRow[];
}

/**
 * Read and check `isa/*.yaml`.
 * @throws Error that names the row when two rows collide or a row names what does not exist.
 */
export function loadSpecification(folder: URL = new URL("../", import.meta.url)): Specification {
  const read = (name: string): unknown => parse(readFileSync(new URL(name, folder), "utf8"));
  const machine = Machine.parse(read("machine.yaml"));
  const rows = Instructions.parse(read("instructions.yaml"));
  const aliases = Aliases.parse(read("aliases.yaml"));
  const configurations = Configurations.parse(read("configurations.yaml"));

  const split = (syntax: string) => {
    const [mnemonic = "", rest = ""] = syntax.split(/ (.*)/s);
    const operands = rest
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "")
      .map((name) => {
        const operand = machine.operands[name];
        if (!operand) throw new Error(`"${syntax}": machine.yaml has no operand "${name}"`);
        return { name, ...operand };
      });
    return { mnemonic, operands };
  };

  const opcodes = new Map<number, string>();
  const ids = new Set<string>();
  for (const row of rows) {
    const other = opcodes.get(row.opcode);
    if (other) throw new Error(`"${row.id}" and "${other}" share opcode ${row.opcode}`);
    if (ids.has(row.id)) throw new Error(`two instructions are called "${row.id}"`);
    opcodes.set(row.opcode, row.id);
    ids.add(row.id);
    if (!machine.units[row.unit]) throw new Error(`"${row.id}": no unit "${row.unit}"`);
    if (!machine.timing[row.timing]) throw new Error(`"${row.id}": no timing "${row.timing}"`);
    for (const trap of row.traps)
      if (!machine.traps[trap]) throw new Error(`"${row.id}": no trap "${trap}"`);
    const used = new Map<string, string>();
    for (const operand of split(row.syntax).operands) {
      for (const field of operand.base ? [operand.field, operand.base] : [operand.field]) {
        if (!machine.word.fields[field]) throw new Error(`"${row.id}": no field "${field}"`);
        if (used.has(field))
          throw new Error(`"${row.id}": ${operand.name} and ${used.get(field)} share ${field}`);
        used.set(field, operand.name);
      }
    }
  }
  return {
    machine,
    instructions: rows.map((row) => ({ ...row, ...split(row.syntax) })),
    aliases: aliases.map((row) => ({ ...row, ...split(row.syntax) })),
    configurations,
  };
}
