import type { Specification } from "../load.js";
import { GENERATED } from "../names.js";

/** src/board/generated.ts: the registers of the accelerator as data. */
export function emitCsrTypeScript({ accelerator }: Specification): string {
  const { registers, codes, windows, completion, version } = accelerator;
  const literal = (value: unknown) => JSON.stringify(value, null, 2);
  const plain = Object.entries(registers).map(([name, { offset, count, access, fields }]) => [
    name,
    {
      offset,
      ...(count && { count }),
      access,
      fields: mapValues(fields, ([high, low]) => [high, low]),
    },
  ]);
  return `// ${GENERATED}

/** UUID of the accelerator: what a bitstream says it is, and what its registers say. */
export const ACCELERATOR_UUID = ${literal(accelerator.uuid)};
/** What register feature_header reads as. */
export const FEATURE_HEADER = 0x${accelerator.feature_header.toString(16)}n;
/** Version of the register map. */
export const MAP_VERSION = ${literal(version)} as const;
/** Bytes of the MMIO space. */
export const MMIO_BYTES = ${accelerator.mmio_bytes};
/** Unit of the addresses and lengths of copies, in bytes. */
export const HOST_LINE_BYTES = ${accelerator.host_line_bytes};
/** Lines of the ring of completions. */
export const COMPLETION_LINES = ${accelerator.completion_lines};
/** Descriptors of copies that wait. */
export const COPY_QUEUE = ${accelerator.copy_queue};
/** Entries that the accelerator keeps in front of the core's input queue, and behind its output queue. */
export const HOST_QUEUE = ${accelerator.host_queue};

/**
 * Registers of 64 bits by name: offset in bytes in the MMIO space, how many there are of an array (8 bytes apart),
 * and fields as [highest bit, lowest bit]. docs/card/csr.md says what they mean.
 */
export const REGISTERS = ${literal(Object.fromEntries(plain))} as const;

/** Memories in the MMIO space. */
export const WINDOWS = ${literal(mapValues(windows, ({ offset, bytes }) => ({ offset, bytes })))} as const;

/** Words of 64 bits of a line that a copy leaves in the ring of completions, by name. */
export const COMPLETION = ${literal(mapValues(completion, ({ word }) => word))} as const;

/** Codes that fields hold, by name. */
export const CODES = ${literal(
    mapValues(codes, ({ values }) => mapValues(values, ({ code }) => code)),
  )} as const;

/** What a code means, for messages. */
export const CODE_DESCRIPTIONS = ${literal(
    mapValues(codes, ({ values }) => mapValues(values, ({ description }) => description)),
  )} as const;
`;
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, f: (value: A) => B) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value)]));
}
