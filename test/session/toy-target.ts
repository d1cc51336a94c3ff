/**
 * A target that follows docs/program-interface.md with a model of a few lines, so that the host's
 * side is tested without the compiler or the emulator.
 */
import type { Image } from "../../src/image/image.js";
import { CONFIGURATIONS, ISA } from "../../src/isa/index.js";
import type { Stop, Target } from "../../src/target/target.js";

export const VOCABULARY = 11;
const LOGITS = 0;
const STATE = 64;
const CONTROL = 128;

/** The toy model: its state is a hash of the tokens since the last reset. */
export function nextState(state: number, token: number): number {
  return (state * 31 + token * 7 + 3) % 1009;
}

/** Elements; never two equal ones. */
export function toyLogits(state: number): Int32Array {
  return Int32Array.from(
    { length: VOCABULARY },
    (_, token) => ((state * (token + 5)) % 97) * 2 ** 15 + token,
  );
}

export function mostLikely(logits: ArrayLike<number>): number {
  return Array.from(logits).indexOf(Math.max(...Array.from(logits)));
}

export const TOY_IMAGE: Image = {
  isa: ISA,
  configuration: "tiny",
  requires: { vlmax: VOCABULARY, dram: 192, instructions: 1, packings: [] },
  entry: 0,
  sections: [
    {
      name: ".ternac.model",
      kind: "metadata",
      address: 0,
      size: 0,
      data: new TextEncoder().encode('{"name":"toy","config":{"vocab_size":11}}'),
      alignment: 1,
    },
  ],
  symbols: [
    symbol("logits", LOGITS, 4 * VOCABULARY, "q", [VOCABULARY]),
    symbol("state", STATE, 64, "q", [1, 16]),
    symbol("control", CONTROL, 8, "i64", [1]),
  ],
  lines: [],
};

function symbol(name: string, address: number, size: number, type: "q" | "i64", shape: number[]) {
  return { name, address, size, kind: "object" as const, global: true, tensor: { type, shape } };
}

export class ToyTarget implements Target {
  readonly configuration = CONFIGURATIONS[0]!;
  readonly memory = new Uint8Array(192);
  /** Every entry that was pushed. */
  readonly entries: bigint[] = [];
  /** Ends the program with a trap when it is fed this token. */
  trapToken: number | undefined;
  #input: bigint[] = [];
  #output: bigint[] = [];
  #left = 0;
  #token = 0;
  #retired = 0;

  async load(): Promise<void> {
    this.#view.setBigInt64(CONTROL, -1n, true);
  }

  async pushInput(entries: readonly bigint[]): Promise<number> {
    const fitting = entries.slice(0, 4 - this.#input.length);
    this.#input.push(...fitting);
    this.entries.push(...fitting);
    return fitting.length;
  }

  async closeInput(): Promise<void> {}

  async takeOutput(): Promise<bigint[]> {
    return this.#output.splice(0);
  }

  async run(): Promise<Stop> {
    for (;;) {
      if (this.#output.length === 3) return { reason: "output" };
      if (this.#left === 0) {
        const entry = this.#input.shift();
        if (entry === undefined) return { reason: "input" };
        if (entry < 0n) return { reason: "halted" };
        this.#token = Number(entry & 0xffffffffn);
        this.#left = Number((entry >> 32n) & 0xffffn);
        if ((entry >> 62n) & 1n) this.#view.setInt32(STATE, 0, true);
        if (this.#left === 0) this.#step();
      }
      if (this.#token === this.trapToken)
        return { reason: "trap", trap: "software", value: 5n, pc: 0x4000000000 };
      if (this.#left > 0) {
        const logits = toyLogits(this.#step());
        this.memory.set(new Uint8Array(logits.buffer), LOGITS);
        this.#token = mostLikely(logits);
        this.#left =
          BigInt(this.#token) === this.#view.getBigInt64(CONTROL, true) ? 0 : this.#left - 1;
        this.#output.push(BigInt(this.#token));
      }
    }
  }

  async readMemory(address: number, length: number): Promise<Uint8Array> {
    return this.memory.slice(address, address + length);
  }

  async writeMemory(address: number, bytes: Uint8Array): Promise<void> {
    this.memory.set(bytes, address);
  }

  async instructionsRetired(): Promise<number> {
    return this.#retired;
  }

  async close(): Promise<void> {}

  get #view(): DataView {
    return new DataView(this.memory.buffer);
  }

  /** Take the token in. */
  #step(): number {
    this.#retired += 10;
    const state = nextState(this.#view.getInt32(STATE, true), this.#token);
    this.#view.setInt32(STATE, state, true);
    return state;
  }
}

/** What the toy model generates greedily. */
export function toyGreedy(prompt: readonly number[], count: number, endToken?: number): number[] {
  const out: number[] = [];
  let state = prompt.reduce(nextState, 0);
  while (out.length < count) {
    const token = mostLikely(toyLogits(state));
    out.push(token);
    if (token === endToken) break;
    state = nextState(state, token);
  }
  return out;
}
