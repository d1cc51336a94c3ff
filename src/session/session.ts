import { UserError } from "../diagnostics/diagnostic.js";
import type { Image } from "../image/image.js";
import { describeStop } from "../target/stop.js";
import type { Target } from "../target/target.js";
import { type ModelSymbols, modelSymbols } from "./model.js";
import { encodeEntry, type TokenEntry } from "./protocol.js";

/** Instructions between two looks at the output queue, so that tokens appear as they are made. */
const SLICE = 2000;

/** A compiled model on a machine: tokens in, tokens and logits out. */
export class Session {
  readonly #target: Target;
  readonly #symbols: ModelSymbols;
  #fed = 0;
  /** Entries that the input queue had no room for yet. */
  #pending: readonly bigint[] = [];
  /** The program took all entries and waits for the next one. */
  #waiting = true;

  private constructor(target: Target, symbols: ModelSymbols) {
    this.#target = target;
    this.#symbols = symbols;
  }

  /**
   * Load a compiled model.
   * @throws UserError when the image is no compiled model, or more than the machine can run
   */
  static async open(target: Target, image: Image): Promise<Session> {
    const symbols = modelSymbols(image);
    await target.load(image);
    return new Session(target, symbols);
  }

  /** Tokens that the model knows. */
  get vocabulary(): number {
    return this.#symbols.vocabulary;
  }

  /** Tokens that the model took in since the session was opened. */
  get tokensFed(): number {
    return this.#fed;
  }

  instructionsRetired(): Promise<number> {
    return this.#target.instructionsRetired();
  }

  /** The token that ends a run of several; undefined for none. */
  async setEndToken(token: number | undefined): Promise<void> {
    await this.#finish();
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigInt64(0, BigInt(token ?? -1), true);
    await this.#target.writeMemory(this.#symbols.control.address, bytes);
  }

  /**
   * Feed tokens. A caller that stops early lets the program finish what it was asked for.
   * @yields the ids that the program produces, as it produces them
   * @throws UserError when the program traps or halts, or does not know a token
   */
  async *feed(entries: readonly TokenEntry[]): AsyncGenerator<number> {
    for (const { token } of entries) this.checkToken(token);
    await this.#finish();
    this.#pending = entries.map(encodeEntry);
    this.#waiting = false;
    this.#fed += entries.filter(({ count }) => count === 0).length;
    while (!this.#waiting) yield* await this.#slice();
  }

  /** Feed tokens of which each asks for one at most. @returns the last id that was produced */
  async feedAll(entries: readonly TokenEntry[]): Promise<number | undefined> {
    let last: number | undefined;
    for await (const id of this.feed(entries)) last = id;
    return last;
  }

  /** Logits of the newest token that was fed with count > 0, as elements (see numerics). */
  async logits(): Promise<Int32Array> {
    const { address } = this.#symbols.logits;
    const bytes = await this.#target.readMemory(address, 4 * this.vocabulary);
    return new Int32Array(bytes.buffer, bytes.byteOffset, this.vocabulary);
  }

  /** The recurrent state, to be put back with `restoreState`. */
  saveState(): Promise<Uint8Array> {
    const { address, size } = this.#symbols.state;
    return this.#target.readMemory(address, size);
  }

  async restoreState(state: Uint8Array): Promise<void> {
    const { address, size } = this.#symbols.state;
    if (state.length !== size)
      throw new RangeError(`the state has ${size} bytes, ${state.length} were given`);
    await this.#target.writeMemory(address, state);
  }

  /** Run a little. @returns the ids that were produced */
  async #slice(): Promise<number[]> {
    const pushed = await this.#target.pushInput(this.#pending);
    this.#pending = this.#pending.slice(pushed);
    const stop = await this.#target.run({ slice: SLICE });
    if (stop.reason === "halted" || stop.reason === "trap")
      throw new UserError(`the model stopped: ${describeStop(stop)}`);
    this.#waiting = stop.reason === "input" && this.#pending.length === 0;
    const ids = await this.#target.takeOutput();
    this.#fed += ids.length;
    return ids.map(Number);
  }

  /** Let the program finish what a caller of `feed` did not wait for. */
  async #finish(): Promise<void> {
    while (!this.#waiting) await this.#slice();
  }

  /** @throws UserError when the model has no such token */
  checkToken(token: number): void {
    if (Number.isInteger(token) && token >= 0 && token < this.vocabulary) return;
    throw new UserError(
      `token ${token} is not in the model's vocabulary of ${this.vocabulary}`,
      "use the tokenizer that belongs to the model",
    );
  }
}
