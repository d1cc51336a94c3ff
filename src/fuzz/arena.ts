import { type Configuration, MEMORY } from "../isa/index.js";
import type { DataBlock } from "./program.js";
import type { Random } from "./random.js";
import { randomElement } from "./values.js";

const LINE = MEMORY.line_bytes;
/** An AXI burst must not cross a boundary of so many bytes. */
const PAGE = 4096;
/** Lines before and behind a place that accesses reach. */
const BEFORE = 4;
const AFTER = 8;
/** Addresses that a program can load. */
const POINTERS = 16;

/**
 * The few places of DRAM that a program uses, close enough together that its accesses overlap: the
 * lowest address; one at a boundary of pages of a channel and of DRAM; and the end of DRAM.
 */
export class Arena {
  readonly #random: Random;
  /** The boundary that accesses cross. */
  readonly #boundary: number;
  readonly #pointerBase: number;
  readonly #pointers: number[] = [];
  /** The access before, so that the next one can be in any part of it. */
  #previous: { readonly address: number; readonly bytes: number } | undefined;

  /** @param limit longest vector of the program */
  constructor(
    random: Random,
    readonly configuration: Configuration,
    readonly limit: number,
  ) {
    this.#random = random;
    const page = PAGE * random.pick([1, configuration.core.channels]);
    const clear = 4 * limit + (BEFORE + AFTER + 1) * LINE;
    this.#boundary = page * (Math.ceil(clear / page) + random.integer(0, 1));
    this.#pointerBase = Math.ceil((this.#boundary + clear) / LINE) * LINE;
  }

  /** The first byte of an access of so many bytes at most. */
  address(bytes: number, alignment: number): number {
    const address = this.#address(bytes, alignment);
    this.#previous = { address, bytes };
    return address;
  }

  /** The first byte of an access whose last line is the first one of the access before. */
  endingInPrevious(bytes: number): number {
    const last = this.#previous?.address ?? this.#boundary;
    return Math.max(0, (Math.floor(last / LINE) - Math.ceil(bytes / LINE) + 1) * LINE);
  }

  #address(bytes: number, alignment: number): number {
    const random = this.#random;
    const lines = random.chance(0.5) ? 0 : random.integer(-BEFORE, AFTER);
    const within = random.chance(0.5) ? 0 : random.integer(0, 2 * LINE - 1);
    const place = random.weighted([
      [4, 0],
      [4, this.#boundary],
      [1, this.configuration.dram - Math.ceil(bytes / LINE) * LINE],
    ]);
    const previous = this.#previous;
    // It begins inside the one before, or that one begins inside it.
    const inPrevious =
      previous &&
      (random.chance(0.5)
        ? previous.address + random.integer(0, Math.max(0, previous.bytes - 1))
        : previous.address - random.integer(0, Math.max(0, bytes - 1)));
    const address =
      inPrevious !== undefined && random.chance(0.25) ? inPrevious : place + lines * LINE + within;
    const last = this.configuration.dram - bytes;
    const inside = Math.min(Math.max(address, 0), last);
    return Math.floor(inside / alignment) * alignment;
  }

  /** Where DRAM holds an address at the start; undefined when there is no room for another one. */
  pointerTo(address: number): number | undefined {
    if (this.#pointers.length >= POINTERS) return undefined;
    this.#pointers.push(address);
    return this.#pointerBase + 8 * (this.#pointers.length - 1);
  }

  /** What DRAM holds at the start: elements, weights with every code, pointers. */
  data(): DataBlock[] {
    const random = this.#random;
    const elements = () =>
      Int32Array.from({ length: this.limit }, () =>
        random.chance(0.02) ? 0 : randomElement(random),
      );
    const noise = () =>
      Int32Array.from({ length: this.limit + (BEFORE + AFTER) * (LINE / 4) }, () =>
        Number(random.bits(32) & 0xffffffffn),
      );
    const pointers = new Int32Array(2 * this.#pointers.length);
    for (const [i, address] of this.#pointers.entries()) {
      pointers[2 * i] = address % 2 ** 32;
      pointers[2 * i + 1] = Math.floor(address / 2 ** 32);
    }
    return [
      { address: 0, words: elements() },
      { address: this.#boundary - BEFORE * LINE, words: noise() },
      { address: this.#pointerBase, words: pointers },
    ].filter(({ words }) => words.length > 0);
  }
}
