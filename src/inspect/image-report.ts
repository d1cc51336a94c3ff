import {
  codeSection,
  type Image,
  type SectionKind,
  sectionFinder,
  type TensorType,
  tensorSize,
} from "../image/index.js";
import { INSTRUCTION_BYTES } from "../isa/codec.js";
import { decode, UNITS } from "../isa/index.js";
import { countTensorTrits, type TritCounts } from "./sparsity.js";

/** What is in an image. Plain data: it can be written as JSON. Addresses and sizes in bytes. */
export interface ImageReport {
  readonly isa: string;
  readonly configuration: string;
  readonly requires: Image["requires"];
  readonly entry: number;
  readonly sections: readonly {
    readonly name: string;
    readonly kind: SectionKind;
    readonly address: number;
    readonly size: number;
    readonly alignment: number;
  }[];
  /** In the order of addresses: the sections that are loaded, and the holes between them. */
  readonly memoryMap: readonly {
    readonly name: string;
    readonly start: number;
    readonly end: number;
  }[];
  readonly symbols: readonly {
    readonly name: string;
    readonly address: number;
    readonly size: number;
    readonly kind: string;
    readonly global: boolean;
    readonly tensor?: { readonly type: TensorType; readonly shape: readonly number[] };
  }[];
  readonly instructions: InstructionMix;
  readonly matrices: readonly MatrixReport[];
  /** Of all ternary matrices together; absent when there is none. */
  readonly sparsity?: number;
}

/** How often each instruction stands in the code (not how often it runs). */
export interface InstructionMix {
  readonly total: number;
  /** Words that are no instruction. */
  readonly illegal: number;
  /** By functional unit, every unit. */
  readonly units: Readonly<Record<string, number>>;
  /** By instruction, the most frequent first. */
  readonly counts: readonly {
    readonly id: string;
    readonly unit: string;
    readonly count: number;
  }[];
}

export interface MatrixReport extends TritCounts {
  readonly name: string;
  readonly packing: TensorType;
  readonly shape: readonly number[];
  readonly address: number;
  /** In DRAM, with padding. */
  readonly size: number;
  /** Zeros over all trits, 0 to 1; 0 for a matrix without trits. */
  readonly sparsity: number;
}

/** Collects what is in an image. Reads every byte of its ternary matrices once. */
export function reportImage(image: Image): ImageReport {
  const matrices = reportMatrices(image);
  const trits = matrices.reduce((sum, { minus, zero, plus }) => sum + minus + zero + plus, 0);
  const zeros = matrices.reduce((sum, { zero }) => sum + zero, 0);
  return {
    isa: `${image.isa.major}.${image.isa.minor}`,
    configuration: image.configuration,
    requires: image.requires,
    entry: image.entry,
    sections: image.sections.map(({ name, kind, address, size, alignment }) => ({
      name,
      kind,
      address,
      size,
      alignment,
    })),
    memoryMap: memoryMap(image),
    symbols: image.symbols,
    instructions: instructionMix(image),
    matrices,
    ...(trits > 0 && { sparsity: zeros / trits }),
  };
}

function memoryMap({ sections }: Image): ImageReport["memoryMap"] {
  const loaded = sections
    .filter(({ kind, size }) => kind !== "metadata" && size > 0)
    .sort((a, b) => a.address - b.address);
  const regions: ImageReport["memoryMap"][number][] = [];
  let end = 0;
  for (const { name, kind, address, size } of loaded) {
    // Between DRAM and instruction memory there is nothing that a program could use.
    if (address > end && kind !== "code") regions.push({ name: "", start: end, end: address });
    regions.push({ name, start: address, end: address + size });
    end = address + size;
  }
  return regions;
}

function instructionMix(image: Image): InstructionMix {
  const data = codeSection(image)?.data ?? new Uint8Array();
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const units: Record<string, number> = Object.fromEntries(Object.keys(UNITS).map((u) => [u, 0]));
  const counts = new Map<string, { id: string; unit: string; count: number }>();
  let illegal = 0;
  for (let at = 0; at + INSTRUCTION_BYTES <= data.length; at += INSTRUCTION_BYTES) {
    const decoded = decode(view.getBigUint64(at, true));
    if ("illegal" in decoded) {
      illegal++;
      continue;
    }
    const { id, unit } = decoded.spec;
    const row = counts.get(id) ?? { id, unit, count: 0 };
    row.count++;
    counts.set(id, row);
    units[unit] = (units[unit] ?? 0) + 1;
  }
  return {
    total: Math.floor(data.length / INSTRUCTION_BYTES),
    illegal,
    units,
    counts: [...counts.values()].sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1)),
  };
}

function reportMatrices(image: Image): MatrixReport[] {
  const homeOf = sectionFinder(image.sections);
  return image.symbols.flatMap(({ name, address, tensor }) => {
    const home = homeOf(address);
    if (!tensor || !home?.data) return [];
    const size = tensorSize(tensor);
    const start = address - home.address;
    const trits = countTensorTrits(home.data.subarray(start, start + size), tensor);
    if (!trits) return [];
    const total = trits.minus + trits.zero + trits.plus;
    const sparsity = total > 0 ? trits.zero / total : 0;
    const { type: packing, shape } = tensor;
    return [{ name, packing, shape, address, size, ...trits, sparsity }];
  });
}
