/** Memory that the kernels of weights work on (kernels/checkpoint.ts). */
import { MODULE } from "./module.js";

/** What the module exports; pointers are offsets in the memory, counts are elements. */
export interface WeightKernels {
  absoluteSum(a: number, n: number, start: number): number;
  largestMagnitude(a: number, n: number): number;
  pack4: PackGroups;
  pack5: PackGroups;
  toElements(a: number, n: number, factor: number, out: number): number;
  widenBfloat16(a: number, n: number, out: number): void;
  widenBinary16(a: number, n: number, out: number): void;
}

type PackGroups = (
  a: number,
  groups: number,
  columns: number,
  largestZero: number,
  out: number,
  stride: number,
) => void;

const PAGE_BYTES = 65536;
/** What 32-bit pointers reach, but for the last page: a pointer one past the end must not be 0. */
export const LARGEST_KERNEL_MEMORY = 2 ** 32 - PAGE_BYTES;

/** Node's types lack it, and the emulator declares only the shared one. */
const Memory = globalThis.WebAssembly?.Memory as unknown as
  | (new (descriptor: {
      initial: number;
      maximum: number;
    }) => { readonly buffer: ArrayBuffer })
  | undefined;

const kernels = new WeakMap<ArrayBufferLike, WeightKernels>();
let module: WebAssembly.Module | undefined | "none";

/**
 * Zeroed memory, on which kernels work where the host has WebAssembly with SIMD; else, and above
 * 4 GiB, it is memory like any other.
 * @param size in bytes
 */
export function kernelMemory(size: number): ArrayBuffer {
  if (size <= LARGEST_KERNEL_MEMORY) {
    module ??= compile();
    if (module !== "none") {
      try {
        return instantiate(module, Math.max(1, Math.ceil(size / PAGE_BYTES)));
      } catch {
        // No address space for it: it takes 10 GB of that.
      }
    }
  }
  return new ArrayBuffer(size);
}

function compile(): WebAssembly.Module | "none" {
  try {
    return new WebAssembly.Module(Buffer.from(MODULE, "base64"));
  } catch {
    return "none"; // no WebAssembly, or no SIMD
  }
}

function instantiate(module: WebAssembly.Module, pages: number): ArrayBuffer {
  const memory = new Memory!({ initial: pages, maximum: pages });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  kernels.set(memory.buffer, exports as WeightKernels);
  return memory.buffer;
}

/** The kernels of the memory that all the arrays are in; undefined when there are none. */
export function kernelsOf(...arrays: readonly ArrayBufferView[]): WeightKernels | undefined {
  const buffer = arrays[0]!.buffer;
  return arrays.every((array) => array.buffer === buffer) ? kernels.get(buffer) : undefined;
}
