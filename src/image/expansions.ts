import { ByteReader } from "./byte-reader.js";
import { ByteWriter } from "./byte-writer.js";
import type { FileTable } from "./dwarf/file-table.js";
import type { SourceLocation } from "./image.js";
import type { Place } from "./place.js";

type Expansions = NonNullable<SourceLocation["expandedFrom"]>;
type Lines = readonly (SourceLocation | undefined)[];

/** Entries of all chains of a file together; more is an attack on the reader's memory. */
const MAX_CHAIN_ENTRIES = 2 ** 22;

/**
 * The contents of the section of macro expansions, in LEB128 numbers: calls (outer call's number,
 * from 1, or 0; index of the macro's name; file number of the line table; line; column), then runs
 * of instructions (instructions skipped, run length, number of the innermost call). Calls that
 * several instructions come from are stored once.
 * @param files holds every file of the expansions
 */
export function writeExpansions(lines: Lines, files: FileTable): Uint8Array {
  const names = new Map<string, number>();
  const calls = new Map<string, number>();
  const runs: { start: number; length: number; call: number }[] = [];
  for (const [i, location] of lines.entries()) {
    let call = 0;
    for (const { macro, file, line, column } of (location?.expandedFrom ?? []).toReversed()) {
      if (!names.has(macro)) names.set(macro, names.size);
      const key = [call, names.get(macro), files.indexOf(file), line, column].join(" ");
      if (!calls.has(key)) calls.set(key, calls.size + 1);
      call = calls.get(key)!;
    }
    const last = runs.at(-1);
    if (call && last?.call === call && last.start + last.length === i) last.length++;
    else if (call) runs.push({ start: i, length: 1, call });
  }

  const out = new ByteWriter().uleb(names.size);
  for (const name of names.keys()) out.string(name);
  out.uleb(calls.size);
  for (const key of calls.keys()) for (const number of key.split(" ")) out.uleb(Number(number));
  let end = 0;
  for (const { start, length, call } of runs) {
    out
      .uleb(start - end)
      .uleb(length)
      .uleb(call);
    end = start + length;
  }
  return out.bytes();
}

/** The locations with the expansions of the section added. */
export function readExpansions(
  bytes: Uint8Array,
  lines: Lines,
  files: readonly string[],
  place: Place,
): (SourceLocation | undefined)[] {
  const result = [...lines];
  if (bytes.length === 0) return result;
  const reader = new ByteReader(bytes, place);
  const names: string[] = [];
  for (let n = reader.uleb(); n > 0; n--) names.push(reader.string());
  const calls: { outer: number; call: Expansions[number] }[] = [];
  for (let n = reader.uleb(); n > 0; n--) {
    const outer = reader.uleb();
    if (outer > calls.length) place.fail(`call ${calls.length + 1} is inside a later call`);
    const macro = names[reader.uleb()] ?? place.fail("a macro's name is missing");
    const file = files[reader.uleb()] ?? place.fail("a file is missing from the line table");
    calls.push({ outer, call: { macro, file, line: reader.uleb(), column: reader.uleb() } });
  }

  const chains = new Map<number, Expansions>();
  let entries = 0;
  const chainOf = (innermost: number): Expansions => {
    const known = chains.get(innermost);
    if (known) return known;
    if (!calls[innermost - 1]) place.fail(`there is no call ${innermost}`);
    const chain = [];
    for (let number = innermost; number > 0; number = calls[number - 1]!.outer) {
      if (++entries > MAX_CHAIN_ENTRIES) place.fail("its macro calls are nested too deeply");
      chain.push(calls[number - 1]!.call);
    }
    chains.set(innermost, chain);
    return chain;
  };
  for (let index = 0; !reader.atEnd; ) {
    index += reader.uleb();
    const end = index + reader.uleb();
    const expandedFrom = chainOf(reader.uleb());
    if (end > result.length) place.fail(`it describes instruction ${end - 1}, which is missing`);
    for (; index < end; index++) {
      const location = result[index] ?? place.fail(`instruction ${index} has no line`);
      result[index] = { ...location, expandedFrom };
    }
  }
  return result;
}
