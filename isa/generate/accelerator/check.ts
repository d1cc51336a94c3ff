import type { ConfigurationRow } from "../load.js";
import type { Accelerator } from "./schema.js";

/** Characters that the register of a configuration's name holds. */
const NAME_CHARACTERS = 8;

/**
 * Check what the form of the file cannot say: that nothing overlaps, and everything fits.
 * @throws Error that names the row
 */
export function checkAccelerator(
  accelerator: Accelerator,
  configurations: readonly ConfigurationRow[],
): void {
  checkPlaces(accelerator);
  for (const [name, { fields }] of Object.entries(accelerator.registers))
    checkFields(name, Object.entries(fields));
  for (const [name, { values }] of Object.entries(accelerator.codes)) {
    const codes = Object.values(values).map(({ code }) => code);
    if (new Set(codes).size !== codes.length)
      throw new Error(`codes "${name}": one is there twice`);
  }
  const words = Object.values(accelerator.completion).map(({ word }) => word);
  if (new Set(words).size !== words.length || Math.max(...words) * 8 >= accelerator.host_line_bytes)
    throw new Error("completion: two words are one, or beyond the line");
  const program = accelerator.windows.program;
  for (const { name, instructions } of configurations) {
    if (!program || instructions * 8 > program.bytes)
      throw new Error(`configuration "${name}": its program does not fit the window`);
    if (name.length > NAME_CHARACTERS)
      throw new Error(`configuration "${name}": its name is longer than ${NAME_CHARACTERS}`);
  }
}

function checkPlaces({ registers, windows, mmio_bytes }: Accelerator): void {
  const places = [
    ...Object.entries(registers).map(([name, { offset, count = 1 }]) => ({
      name,
      offset,
      bytes: 8 * count,
    })),
    ...Object.entries(windows).map(([name, { offset, bytes }]) => ({ name, offset, bytes })),
  ].sort((a, b) => a.offset - b.offset);
  let last = { name: "", offset: 0, bytes: 0 };
  for (const place of places) {
    if (place.offset < last.offset + last.bytes)
      throw new Error(`accelerator: "${place.name}" and "${last.name}" overlap`);
    last = place;
  }
  if (last.offset + last.bytes > mmio_bytes)
    throw new Error(`accelerator: "${last.name}" is beyond the MMIO space`);
}

function checkFields(
  register: string,
  fields: readonly (readonly [string, readonly [number, number, string]])[],
): void {
  const owners = new Map<number, string>();
  for (const [name, [high, low]] of fields) {
    if (high < low) throw new Error(`register "${register}": ${name} ends before it begins`);
    for (let bit = low; bit <= high; bit++) {
      const other = owners.get(bit);
      if (other) throw new Error(`register "${register}": ${name} and ${other} share bit ${bit}`);
      owners.set(bit, name);
    }
  }
}
