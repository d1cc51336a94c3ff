import { z } from "zod";

/** A number of 64 bits, exact as long as its ones lie within 53 bits of each other. */
const Word = z.number().transform((value) => BigInt(value));

const Register = z.strictObject({
  offset: z.int().min(0).multipleOf(8),
  count: z.int().min(2).optional(),
  access: z.enum(["ro", "rw", "wo", "w1c"]),
  description: z.string(),
  fields: z.record(z.string(), z.tuple([z.int().max(63), z.int().min(0), z.string()])).default({}),
});

/** isa/accelerator.yaml: what a host sees of the accelerator. */
export const Accelerator = z.strictObject({
  uuid: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  feature_header: Word,
  version: z.strictObject({ major: z.int(), minor: z.int() }),
  mmio_bytes: z.int(),
  host_line_bytes: z.int(),
  completion_lines: z.int(),
  copy_queue: z.int(),
  host_queue: z.int(),
  codes: z.record(
    z.string(),
    z.strictObject({
      description: z.string(),
      values: z.record(
        z.string(),
        z.strictObject({ code: z.int().min(0).max(255), description: z.string() }),
      ),
    }),
  ),
  registers: z.record(z.string(), Register),
  windows: z.record(
    z.string(),
    z.strictObject({
      offset: z.int().multipleOf(8),
      bytes: z.int().multipleOf(8),
      access: z.literal("wo"),
      description: z.string(),
    }),
  ),
  completion: z.record(
    z.string(),
    z.strictObject({ word: z.int().min(0), description: z.string() }),
  ),
});

export type Accelerator = z.infer<typeof Accelerator>;

/** Low and high 64 bits of the UUID, as the registers hold them. */
export function uuidWords({ uuid }: Accelerator): { low: bigint; high: bigint } {
  const digits = uuid.replaceAll("-", "");
  return { high: BigInt(`0x${digits.slice(0, 16)}`), low: BigInt(`0x${digits.slice(16)}`) };
}
