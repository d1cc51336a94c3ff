import { UserError } from "../diagnostics/diagnostic.js";
import { parseInteger } from "./flags.js";
import { displayName, readText } from "./input.js";

/**
 * Entries of a queue: 64-bit integers, signed or not, separated by commas or white space.
 * @param source where they come from, for messages
 * @throws UserError that names the entry that is none
 */
export function parseEntries(text: string, source: string): bigint[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  return words.map((word, i) => {
    const [, sign, digits] = /^([-+]?)(.*)$/s.exec(word)!;
    const magnitude = parseInteger(digits!);
    const value = magnitude !== undefined && sign === "-" ? -magnitude : magnitude;
    if (value === undefined || value < -(2n ** 63n) || value >= 2n ** 64n)
      throw new UserError(`${source}: entry ${i + 1}, "${word}", is no 64-bit integer`);
    return value;
  });
}

/** The same from a file, `-` for standard input. */
export async function readEntries(path: string): Promise<bigint[]> {
  return parseEntries(await readText(path), displayName(path));
}
