import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { Accelerator } from "./accelerator/schema.js";
import { checkSpecification } from "./check.js";

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
  state: z.record(z.string(), z.strictObject({ reset: z.string(), description: z.string() })),
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
      description: z.string(),
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
    // 0 and 255 stay free: cleared and erased memory must not be instructions.
    opcode: z.int().min(1).max(254),
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

const powerOfTwo = (max: number) =>
  z
    .int()
    .min(1)
    .max(max)
    .refine((value) => Number.isInteger(Math.log2(value)), "expected a power of two");

const Configurations = z.array(
  z.strictObject({
    name: z.string(),
    description: z.string(),
    vlmax: z.int().min(1).max(16384),
    dram: z.int(),
    instructions: z.int(),
    queue: z.int(),
    packings: z.array(z.string()),
    core: z.strictObject({
      clock_mhz: z.number().positive(),
      channels: powerOfTwo(16),
      beat_bytes: powerOfTwo(64),
      lanes: powerOfTwo(256),
      product_granules: powerOfTwo(32),
      weight_fifo: powerOfTwo(65536),
      vector_fifo: powerOfTwo(4096),
      issue_queue: powerOfTwo(256),
      burst: powerOfTwo(256),
      outstanding: powerOfTwo(64),
    }),
  }),
);

/** By unit and name: clocks that a unit takes beside moving its data. */
const Core = z.record(
  z.string(),
  z.record(z.string(), z.strictObject({ clocks: z.int().min(0), description: z.string() })),
);

export type Machine = z.infer<typeof Machine>;
export type InstructionRow = z.infer<typeof Instructions>[number];
export type AliasRow = z.infer<typeof Aliases>[number];
export type Core = z.infer<typeof Core>;
export type ConfigurationRow = z.infer<typeof Configurations>[number];

/** One operand of an instruction: its name in the syntax and its entry in machine.yaml. */
export type OperandRow = { name: string } & Machine["operands"][string];

/** The whole specification, validated, with each instruction's syntax split up. */
export interface Specification {
  machine: Machine;
  instructions: (InstructionRow & { mnemonic: string; operands: OperandRow[] })[];
  aliases: (AliasRow & { mnemonic: string; operands: OperandRow[] })[];
  configurations: ConfigurationRow[];
  core: Core;
  accelerator: Accelerator;
}

/**
 * Read and check `isa/*.yaml`.
 * @param folder where the files are
 * @throws Error that names the row when a row has a wrong form, collides with another one, or names
 *   what does not exist
 */
export function loadSpecification(folder: URL = new URL("../", import.meta.url)): Specification {
  const read = <T>(name: string, schema: z.ZodType<T>): T => {
    const result = schema.safeParse(parse(readFileSync(new URL(name, folder), "utf8")));
    if (!result.success) throw new Error(`isa/${name}:\n${z.prettifyError(result.error)}`);
    return result.data;
  };
  const machine = read("machine.yaml", Machine);
  const split = <Row extends { syntax: string }>(row: Row) => {
    const [mnemonic = "", rest = ""] = row.syntax.split(/ (.*)/s);
    const names = rest.split(",").map((name) => name.trim());
    const operands = names
      .filter((name) => name !== "")
      .map((name) => {
        const operand = machine.operands[name];
        if (!operand) throw new Error(`"${row.syntax}": machine.yaml has no operand "${name}"`);
        return { name, ...operand };
      });
    return { ...row, mnemonic, operands };
  };
  const spec: Specification = {
    machine,
    instructions: read("instructions.yaml", Instructions).map(split),
    aliases: read("aliases.yaml", Aliases).map(split),
    configurations: read("configurations.yaml", Configurations),
    core: read("core.yaml", Core),
    accelerator: read("accelerator.yaml", Accelerator),
  };
  checkSpecification(spec);
  return spec;
}
