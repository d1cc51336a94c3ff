import { drawSegments } from "../../../src/isa/diagram.js";
import type { Machine, Specification } from "../load.js";
import { code, page, table } from "../markdown.js";

/** The page of everything that instructions share but the arithmetic. */
export function machinePage(spec: Specification): string {
  const { machine } = spec;
  return page(
    "The machine",
    state(machine),
    word(machine),
    memory(machine),
    queues(),
    traps(machine),
    controlRegisters(machine),
    execution(machine),
    configurations(spec),
    versions(machine),
  );
}

function state({ registers, state }: Machine): string {
  const files: Readonly<Record<string, { count: number; description: string }>> = registers;
  return `## State

What an instruction can read or change, and what reset leaves in it.

${table(
  ["Name", "What it is", "After reset"],
  Object.entries(state).map(([name, { description, reset }]) => {
    const file = files[name];
    return file
      ? [`\`${name}0\` .. \`${name}${file.count - 1}\``, file.description, reset]
      : [`\`${name}\``, description, reset];
  }),
)}

A vector instruction works on elements 0 to \`vl\` - 1; elements from \`vl\` up keep their value.
Every element of every vector register is 0 after reset. DRAM that the image has no section for
holds what it held: a program must not depend on it (the emulator has zeros there).`;
}

function word({ word, operands }: Machine): string {
  const { fields, bits } = word;
  const long = Object.entries(fields).filter(([, [high, low]]) => high - low >= 40);
  const segments = (omit: string) =>
    Object.entries(fields)
      .filter(([name]) => name !== omit)
      .map(([label, [high, low]]) => ({ label, high, low }))
      .sort((a, b) => b.high - a.high)
      .filter(({ high }, i, all) => i === 0 || high < all[i - 1]!.low);
  const used = (field: string) =>
    Object.entries(operands)
      .filter(([, operand]) => operand.field === field || operand.base === field)
      .map(([name]) => `\`${name}\``)
      .join(", ");
  return `## Instruction words

An instruction is one ${bits}-bit little-endian word, at an address that is a multiple of ${bits / 8}.

${code(drawSegments(segments(long[0]?.[0] ?? "")))}

A form with a long constant has

${code(drawSegments(segments("imm").filter(({ label }) => ["imm48", "rd", "opcode"].includes(label))))}

with zeros between. Every bit that no operand of an instruction uses must be zero, every register
number must exist and every constant must be in its range; a word that breaks this is illegal, so
that the bits stay free for later versions. A word of zeros is illegal, and so is one of ones.

${table(
  ["Field", "Bits", "Operands"],
  Object.entries(fields).map(([name, [high, low]]) => [
    name,
    `${high}:${low}`,
    used(name) || (name === "opcode" ? "the instruction" : "reserved"),
  ]),
)}

A branch's \`target\` is written as a label or an address; its field holds the distance in bytes
from the branch itself. A memory operand is written \`imm(xN)\`; its address is \`x[rs1] + imm\`,
modulo 2^64.`;
}

function memory({ memory, packings }: Machine): string {
  return `## Memory

DRAM is an array of bytes from address 0, little-endian. A vector or matrix begins at a multiple of
${memory.line_bytes}, the bytes of a line; a scalar at a multiple of its size. An access must be
wholly inside DRAM. Hardware may interleave lines over channels; no program can see how.

Instructions live in a memory of their own, which is loaded before the start and has its place in
the address map from 0x${memory.instruction_base.toString(16)}. No instruction can read or write it.

Memory behaves in program order: a load, or the matrix of a product, sees every older store, whatever
was prefetched. The host's accesses are ordered with the program's only at the queues and at halt:
what the host writes before it appends an entry is seen once the program took the entry, and what
the program wrote before it appended an entry is seen by the host that took it.

A ternary matrix is stored in one of ${Object.keys(packings).length} packings. One byte holds one
column of several consecutive rows (a row group); a line holds ${memory.line_bytes} columns; lines run along the columns
of a row group, then to the next row group. The last line of a row group and the last row group are
filled with zero weights, so the matrix has ceil(rows / rows in a byte) * ceil(columns / ${memory.line_bytes}) lines.

${table(
  ["Packing", "Rows in a byte", "Bits a weight", "Code"],
  Object.entries(packings).map(([name, { trits, description }]) => [
    `\`${name}\``,
    String(trits),
    String(8 / trits),
    description,
  ]),
)}

In every packing a byte of zero is zero weights, and every byte has a meaning.`;
}

function queues(): string {
  return `## Queues

The host and the program exchange entries of 64 bits through two queues. \`deq\` waits while the input
queue is empty, and traps if the host has closed it; \`enq\` waits while the output queue is full.
[The program interface](../program-interface.md) says what the entries of a compiled model mean.`;
}

function traps({ traps }: Machine): string {
  return `## Traps

A trap is decided at issue, before the instruction has any effect. Older instructions finish, then
the machine stops with \`pc\` at the instruction, the cause and a value. Any word can cause
\`illegal_instruction\`, and \`instruction_address\` when it is fetched from outside the program; the
manual of each instruction lists what else it can cause, in the order in which it is decided.

${table(
  ["Cause", "Code", "Value", "When"],
  Object.entries(traps).map(([name, { code, value, description }]) => [
    `\`${name}\``,
    String(code),
    value,
    description,
  ]),
)}`;
}

function controlRegisters({ csrs }: Machine): string {
  return `## Control and status registers

\`csrr\` reads them by name; no instruction writes them.

${table(
  ["Name", "Number", "What it holds"],
  Object.entries(csrs).map(([name, { number, description }]) => [
    `\`${name}\``,
    String(number),
    description,
  ]),
)}`;
}

function execution({ units, timing }: Machine): string {
  const rows = (entries: Record<string, string>) =>
    Object.entries(entries).map(([name, description]) => [`\`${name}\``, description]);
  return `## Execution

Instructions issue in program order, one at a time, each to its functional unit. Issue waits while
the unit is busy, or a register that the instruction reads or writes is still to be written or read
by an older one. No program can see anything of this but the time that it takes: its result is that
of executing one instruction after the other.

${table(["Unit", ""], rows(units))}

An instruction's timing class says what its duration depends on; n is the vector length in force
when it issues.

${table(["Timing class", "Duration"], rows(timing))}`;
}

function configurations({ configurations }: Specification): string {
  const bytes = (value: number) =>
    value % 2 ** 30 === 0 ? `${value / 2 ** 30} GiB` : `${value / 2 ** 20} MiB`;
  return `## Configurations

The limits of a machine that a program can notice. An image names the limits that it needs, and runs
unchanged on every configuration that is large enough. Speed is not among them.

${table(
  ["Name", "VLMAX", "DRAM", "Instructions", "Queue entries", "Packings", ""],
  configurations.map((row) => [
    `\`${row.name}\``,
    String(row.vlmax),
    bytes(row.dram),
    String(row.instructions),
    String(row.queue),
    row.packings.join(", "),
    row.description,
  ]),
)}`;
}

function versions({ isa }: Machine): string {
  return `## Versions

This is version ${isa.major}.${isa.minor}. The minor version grows when something is added: an opcode, a
control register, a trap, a packing, a meaning for bits that had to be zero. The major version grows
when a program that was legal could behave differently. A machine runs an image of its major version
and of its minor version or an earlier one, and refuses any other by naming both.`;
}
