import type { NodeId } from "../ir/types.js";

/**
 * The registers of one file and the values in them. A register that was freed longest ago is taken
 * first: its last user has most likely finished, so the new one does not wait for it.
 */
export class RegisterFile {
  readonly #free: number[];
  readonly #valueOf = new Map<number, NodeId>();
  readonly #registerOf = new Map<NodeId, number>();

  constructor(registers: readonly number[]) {
    this.#free = [...registers];
  }

  get hasFree(): boolean {
    return this.#free.length > 0;
  }

  registerOf(value: NodeId): number | undefined {
    return this.#registerOf.get(value);
  }

  values(): readonly NodeId[] {
    return [...this.#registerOf.keys()];
  }

  /**
   * Put a value into a free register.
   * @param preferred the register to use if it is free
   * @param avoided registers to leave alone as long as another is free
   */
  take(value: NodeId, preferred?: number, avoided?: ReadonlySet<number>): number {
    const wanted = preferred === undefined ? -1 : this.#free.indexOf(preferred);
    const other = this.#free.findIndex((register) => !avoided?.has(register));
    const index = wanted >= 0 ? wanted : Math.max(other, 0);
    const [register] = this.#free.splice(index, 1);
    if (register === undefined) throw new Error("no register is free");
    this.#valueOf.set(register, value);
    this.#registerOf.set(value, register);
    return register;
  }

  release(value: NodeId): void {
    const register = this.#registerOf.get(value);
    if (register === undefined) return;
    this.#registerOf.delete(value);
    this.#valueOf.delete(register);
    this.#free.push(register);
  }
}
