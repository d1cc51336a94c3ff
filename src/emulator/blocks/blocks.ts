import { type Block, type Code, compileBlock } from "./compile-block.js";

/** Entries after which code is compiled: what runs once is not worth it. */
const OFTEN = 16;
const NEVER = 255;

/** The blocks of a program, each compiled when it has been entered often. */
export class Blocks {
  readonly #code: Code;
  readonly #blocks: (Block | undefined)[] = [];
  /** Entries by the index of the first instruction, or NEVER. */
  readonly #entries: Uint8Array;
  #allowed = true;

  constructor(code: Code) {
    this.#code = code;
    this.#entries = new Uint8Array(code.operations.length);
  }

  /** Execution enters at the operation with this index. @returns its block, if there is one */
  enter(index: number): Block | undefined {
    const block = this.#blocks[index];
    if (block || !this.#allowed) return block;
    const entries = this.#entries[index];
    if (entries === undefined || entries === NEVER) return undefined;
    if (entries + 1 < OFTEN) {
      this.#entries[index] = entries + 1;
      return undefined;
    }
    this.#entries[index] = NEVER;
    this.#blocks[index] = this.#compile(index);
    return this.#blocks[index];
  }

  #compile(index: number): Block | undefined {
    try {
      return compileBlock(this.#code, index);
    } catch (error) {
      if (!(error instanceof EvalError)) throw error;
      this.#allowed = false; // by the host: node --disallow-code-generation-from-strings
      return undefined;
    }
  }
}
