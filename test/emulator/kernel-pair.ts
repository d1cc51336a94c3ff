import { Accelerator } from "../../src/emulator/kernels/accelerator.js";
import { availableKernels } from "../../src/emulator/kernels/choose.js";
import type { KernelName } from "../../src/emulator/kernels/kernel-names.js";
import { PlainKernel } from "../../src/emulator/kernels/plain.js";
import type { Tuner } from "../../src/emulator/kernels/tuner.js";
import { Machine } from "../../src/emulator/machine.js";
import { predecode } from "../../src/emulator/program.js";
import type { Configuration } from "../../src/isa/spec.js";
import { EXTREMES } from "../numerics/arbitrary.js";
import { code, TINY, type Word } from "./images.js";

export type WasmKernel = Exclude<KernelName, "plain">;

/** The WebAssembly kernels that this host can run: one at least, on every Node that is supported. */
export const WASM_KERNELS = availableKernels().filter(
  (name): name is WasmKernel => name !== "plain",
);

/** Numbers in [0, 1) that a seed determines (xorshift; fast). */
export function randomFrom(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** An extreme element, or one of any magnitude. */
export function randomElement(random: () => number): number {
  if (random() < 0.3) return EXTREMES[Math.floor(random() * EXTREMES.length)]!;
  return ((random() * 2 ** 32) | 0) >> Math.floor(random() * 32);
}

/** The defining machine and one with a WebAssembly kernel, in the same state. */
export class KernelPair {
  readonly plain: Machine;
  readonly wasm: Machine;
  readonly #accelerator: Accelerator;
  readonly #instructions: ReturnType<Accelerator["instructions"]>;

  constructor(
    kernel: WasmKernel,
    threads = 1,
    readonly configuration: Configuration = TINY,
    tuner?: Tuner,
  ) {
    this.plain = new Machine(configuration, new PlainKernel());
    this.#accelerator = new Accelerator(kernel, configuration, threads, tuner);
    this.wasm = new Machine(configuration, new PlainKernel(), this.#accelerator.reset());
    this.#instructions = this.#accelerator.instructions(this.wasm.memory);
  }

  /** Change both machines. */
  both(change: (machine: Machine) => void): void {
    change(this.plain);
    change(this.wasm);
  }

  /** Fill the first four vector registers, a little beyond `length`, and the scalar registers. */
  randomise(random: () => number, length: number): void {
    for (const [i, register] of this.plain.v.slice(0, 4).entries()) {
      const elements = register.subarray(0, length + 5);
      for (let k = 0; k < elements.length; k++) elements[k] = randomElement(random);
      this.wasm.v[i]!.set(elements);
    }
    for (let i = 1; i < this.plain.x.length; i++) {
      const value = BigInt(randomElement(random)) << BigInt(Math.floor(random() * 4) * 8);
      this.both((m) => m.setX(i, value));
    }
  }

  execute(word: Word): void {
    const bytes = code([word]);
    const [defined] = predecode(bytes, this.configuration);
    const [compiled] = predecode(bytes, this.configuration, this.#instructions);
    if (defined!.execute === compiled!.execute) throw new Error("the kernel lacks the instruction");
    defined!.execute(this.plain, defined!.operands);
    compiled!.execute(this.wasm, compiled!.operands);
  }

  /** The name of a register that differs between the machines. */
  difference(): string | undefined {
    const { plain, wasm } = this;
    const differs = (a: NodeJS.TypedArray, b: NodeJS.TypedArray) =>
      Buffer.compare(viewOf(a), viewOf(b)) !== 0;
    const v = plain.v.findIndex((elements, i) => differs(elements, wasm.v[i]!));
    if (v >= 0) {
      const at = plain.v[v]!.findIndex((element, k) => element !== wasm.v[v]![k]);
      return `v${v}[${at}] is ${wasm.v[v]![at]} instead of ${plain.v[v]![at]}`;
    }
    const q = plain.q.findIndex(
      ({ values, length, absmax }, i) =>
        differs(values, wasm.q[i]!.values) ||
        length !== wasm.q[i]!.length ||
        absmax !== wasm.q[i]!.absmax,
    );
    if (q >= 0) return `q${q}`;
    return differs(plain.x, wasm.x) ? "x" : undefined;
  }

  close(): Promise<void> {
    return this.#accelerator.close();
  }
}

function viewOf({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
