import type { Specification } from "../load.js";
import { capitalise, page, table } from "../markdown.js";

const hex = (value: number) => `\`0x${value.toString(16)}\``;
const bitRange = (high: number, low: number) => (high === low ? `${low}` : `${high}:${low}`);

/** docs/card/csr.md: the registers of the accelerator. */
export function emitCsrManual({ accelerator }: Specification): string {
  const { registers, codes, windows, completion, version } = accelerator;
  return page(
    "The accelerator's registers",
    `What a host sees of the accelerator in its MMIO space of ${accelerator.mmio_bytes / 1024} KiB, version
${version.major}.${version.minor} of the map. [hardware.md](hardware.md) has the accelerator itself. Every register has 64 bits
and may be read and written as a whole or in halves of 32 bits, unless it says otherwise. What is not listed
reads as zero.

Access: ro, read only; rw; wo, a write is an action and reading gives zero; w1c, writing a one clears the bit.`,
    `UUID: \`${accelerator.uuid}\`. Feature header: \`0x${accelerator.feature_header.toString(16)}\`.`,
    "## Registers",
    table(
      ["Offset", "Name", "Access", "What it is"],
      Object.entries(registers).map(([name, { offset, count, access, description }]) => [
        count ? `${hex(offset)} .. ${hex(offset + 8 * (count - 1))}` : hex(offset),
        count ? `\`${name}\` (${count})` : `\`${name}\``,
        access,
        description,
      ]),
    ),
    ...Object.entries(registers)
      .filter(([, { fields }]) => Object.keys(fields).length > 0)
      .map(
        ([name, { fields }]) => `### ${name}

${table(
  ["Bits", "Field", "What it is"],
  Object.entries(fields).map(([field, [high, low, description]]) => [
    bitRange(high, low),
    `\`${field}\``,
    description,
  ]),
)}`,
      ),
    `## Memories

${table(
  ["Offset", "Name", "Bytes", "What it is"],
  Object.entries(windows).map(([name, { offset, bytes, description }]) => [
    hex(offset),
    `\`${name}\``,
    `${bytes}`,
    description,
  ]),
)}`,
    `## Completions

Copy number n (1 is the first one after the accelerator's reset) writes line (n - 1) mod ${accelerator.completion_lines} of the
ring at \`copy_completion_address\`, after everything that it moved can be seen. A line has ${accelerator.host_line_bytes} bytes; its words of
64 bits:

${table(
  ["Word", "Name", "What it is"],
  Object.entries(completion).map(([name, { word, description }]) => [
    `${word}`,
    `\`${name}\``,
    description,
  ]),
)}`,
    "## Codes",
    ...Object.entries(codes).map(
      ([name, { description, values }]) => `### ${name}

${capitalise(description)}.

${table(
  ["Code", "Name", "What it means"],
  Object.entries(values).map(([value, row]) => [`${row.code}`, `\`${value}\``, row.description]),
)}`,
    ),
  );
}
