import { type Block, type Code, compileBlock } from "./compile-block.js";

/** Compiling takes as long as executing many instructions: what runs a few times is not worth it. */
const OFTEN = 16;

/** The blocks of a program, each compiled when it has been entered often. */
export class Blocks {
  readonly #code: Code;
  readonly #often: number;
  readonly #blocks: (Block | undefined)[] = [];
  /** Entries by the index of the first instruction, until it is compiled; then Infinity. */
  readonly #entries: Float64Array;
  #allowed = true;

  /** @param often entries after which code is compiled, 1 or more */
  constructor(code: Code, often = OFTEN) {
    this.#code = code;
    this.#often = often;
    this.#entries = new Float64Array(code.operations.length);
  }

  /** Execution enters at the operation with this index. @returns its block, if there is one */
  enter(index: number): Block | undefined {
    const block = this.#blocks[index];
    if (block || !this.#allowed) return block;
    const entries = this.#entries[index];
    if (entries === undefined || entries === Number.POSITIVE_INFINITY) return undefined;
    if (entries + 1 < this.#often) {
      this.#entries[index] = entries + 1;
      return undefined;
    }
    this.#entries[index] = Number.POSITIVE_INFINITY;
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
