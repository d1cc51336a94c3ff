import { NUMERICS, REGISTERS } from "../../isa/index.js";
import { EXP2, SIG } from "../../numerics/generated.js";
import type { ActivationRegister, Registers } from "../registers.js";
import type { KernelExports } from "./exports.js";
import { MAX_THREADS } from "./team.js";

const PAGE_BYTES = 65536;
/** WebAssembly's addresses have 32 bits. */
const MAX_PAGES = 65536;
const LINE_BYTES = 64;
/** Row groups that `decode4` and `decode5` take at a time. */
export const DECODED_TOGETHER = 8;

/** What `sig` and `silu` look up, see kernels/rowwise.ts. */
function sigPairs(): Int32Array {
  const half = 2 ** (NUMERICS.table_fraction_bits - 1);
  const pairs = new Int32Array(2 * SIG.length);
  for (let j = 0; j < SIG.length - 1; j++)
    pairs.set([SIG[j]! - half, SIG[j + 1]! - SIG[j]!], 2 * j);
  pairs[2 * SIG.length - 2] = half;
  return pairs;
}

/**
 * An instance of a kernel with its memory: the vector and activation registers, the tables of the
 * functions, room for the activations of a product, and then a growing arena.
 */
export class WasmUnit {
  readonly memory: WebAssembly.Memory;
  readonly kernel: KernelExports;
  readonly registers: Registers;
  /** Addresses of the registers. */
  readonly v: readonly number[];
  readonly q: readonly number[];
  readonly sigTable: number;
  readonly exp2Table: number;
  /** A product's activations. */
  readonly activations: number;
  /** Where threads leave elements of a product: `resultBytes` each. What no thread uses costs nothing. */
  readonly results: number;
  readonly resultBytes: number;
  /** A scalar operand, four times. */
  readonly scalar: number;
  /** Bytes on their way from DRAM: DECODED_TOGETHER row groups, or a narrow vector. */
  readonly staging: number;
  readonly stagingBytes: Uint8Array;
  /** Room for copies of an image's vectors, which costs what of it is used. */
  readonly vectors: number;
  readonly vectorBytes = 2 ** 23;
  /** Where the arena begins. */
  readonly arena: number;
  #end: number;

  /** @throws RangeError when the host has no address space for a shared memory */
  constructor(
    readonly module: WebAssembly.Module,
    vlmax: number,
  ) {
    this.memory = new WebAssembly.Memory({ initial: 2, maximum: MAX_PAGES, shared: true });
    this.kernel = new WebAssembly.Instance(module, { env: { memory: this.memory } })
      .exports as KernelExports;
    this.#end = this.kernel.firstFree(MAX_THREADS);
    const elements = Math.ceil(vlmax / LINE_BYTES) * LINE_BYTES;
    this.v = Array.from({ length: REGISTERS.v.count }, () => this.#take(4 * elements));
    this.q = Array.from({ length: REGISTERS.q.count }, () => this.#take(elements));
    this.sigTable = this.#take(2 * SIG.byteLength);
    this.exp2Table = this.#take(EXP2.byteLength);
    this.activations = this.#take(elements);
    this.resultBytes = 4 * elements;
    this.results = this.#take(MAX_THREADS * this.resultBytes);
    this.scalar = this.#take(4 * Int32Array.BYTES_PER_ELEMENT);
    const stagingLength = DECODED_TOGETHER * elements;
    this.staging = this.#take(stagingLength);
    this.vectors = this.#take(this.vectorBytes);
    this.arena = this.#end;
    this.reserve(this.#end);
    const { buffer } = this.memory;
    new Int32Array(buffer, this.sigTable, 2 * SIG.length).set(sigPairs());
    new Uint32Array(buffer, this.exp2Table, EXP2.length).set(EXP2);
    this.stagingBytes = new Uint8Array(buffer, this.staging, stagingLength);
    this.registers = {
      v: this.v.map((at) => new Int32Array(buffer, at, vlmax)),
      q: this.q.map((at): ActivationRegister => {
        return { values: new Int8Array(buffer, at, vlmax), length: 0, absmax: 0 };
      }),
    };
  }

  #take(bytes: number): number {
    const at = this.#end;
    this.#end += Math.ceil(bytes / LINE_BYTES) * LINE_BYTES;
    return at;
  }

  /** Make the memory reach to `end`. Views stay valid. @returns whether it does */
  reserve(end: number): boolean {
    const missing = Math.ceil(end / PAGE_BYTES) - this.memory.buffer.byteLength / PAGE_BYTES;
    if (missing <= 0) return true;
    try {
      this.memory.grow(missing);
      return true;
    } catch {
      return false;
    }
  }
}
