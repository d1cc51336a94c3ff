import { UserError } from "../../diagnostics/diagnostic.js";
import { nearest } from "../../diagnostics/suggest.js";
import type { Image } from "../../image/image.js";
import { INSTRUCTION_BYTES } from "../../isa/codec.js";
import { MEMORY } from "../../isa/index.js";
import type { Machine } from "../machine.js";
import type { Observer } from "../observer.js";

/** Stops the machine in front of chosen instructions. */
export class Breakpoints implements Observer {
  readonly #addresses: Set<number>;

  constructor(addresses: Iterable<number> = []) {
    this.#addresses = new Set(addresses);
  }

  add(address: number): void {
    this.#addresses.add(address);
  }

  delete(address: number): void {
    this.#addresses.delete(address);
  }

  before({ pc }: Machine): boolean {
    return this.#addresses.has(pc);
  }
}

/** Whether a path ends with another, at a folder's boundary: `a/b.tasm` with `b.tasm`. */
function isSameFile(path: string, named: string): boolean {
  return path === named || path.endsWith(`/${named}`);
}

/** Instructions that a source line became; of a macro's call, those of its expansion. */
function addressesOfLine({ lines }: Image, file: string, line: number): number[] {
  return lines.flatMap((location, i) => {
    if (!location) return [];
    const places = [location, ...(location.expandedFrom ?? [])];
    const found = places.some((place) => place.line === line && isSameFile(place.file, file));
    return found ? [MEMORY.instruction_base + INSTRUCTION_BYTES * i] : [];
  });
}

function addressOfSymbol({ symbols }: Image, name: string, offset: number): number {
  const symbol = symbols.find((candidate) => candidate.kind === "code" && candidate.name === name);
  if (symbol) return symbol.address + offset;
  const names = symbols.filter(({ kind }) => kind === "code").map((candidate) => candidate.name);
  const suggestion = nearest(name, names);
  throw new UserError(
    `no label "${name}" in the image`,
    suggestion
      ? `did you mean "${suggestion}"?`
      : "give a label, a label+offset, an address or file:line",
  );
}

/** The address, if an instruction stands there. */
function checked(image: Image, address: number, place: string): number {
  const index = (address - MEMORY.instruction_base) / INSTRUCTION_BYTES;
  const size = image.sections.find(({ kind }) => kind === "code")?.size ?? 0;
  if (Number.isInteger(index) && index >= 0 && index < size / INSTRUCTION_BYTES) return address;
  throw new UserError(
    `no instruction stands at ${place}`,
    `instructions begin at 0x${MEMORY.instruction_base.toString(16)}, one every ${INSTRUCTION_BYTES} bytes`,
  );
}

/**
 * The code addresses that a user names: `0x4000000010`, `label`, `label+16`, `file.tasm:12`. A line
 * that became several instructions gives its first one in every stretch.
 * @throws UserError when there is no such place
 */
export function breakpointAddresses(image: Image, place: string): number[] {
  const line = /^(.+):(\d+)$/.exec(place);
  if (line) {
    const all = addressesOfLine(image, line[1]!, Number(line[2]));
    if (all.length === 0)
      throw new UserError(
        `no instruction comes from ${place}`,
        "give a line that holds an instruction",
      );
    return all.filter((address) => !all.includes(address - INSTRUCTION_BYTES));
  }
  if (/^(0x[0-9a-f]+|\d+)$/i.test(place)) return [checked(image, Number(place), place)];
  const [, name, offset] = /^(.*?)(?:\+(0x[0-9a-f]+|\d+))?$/i.exec(place)!;
  return [checked(image, addressOfSymbol(image, name!, Number(offset ?? 0)), place)];
}
