import type { TensorType } from "../../image/image.js";
import { MEMORY } from "../../isa/generated.js";
import { type Packing, packedSize } from "../../ternary/packing.js";
import { layerName } from "../ir/names.js";
import type { Node, Program, Storage, Tensor } from "../ir/types.js";
import type { MachineCode } from "../registers/machine-code.js";

/** One tensor of the data file. */
export interface DataItem {
  /** Its name in the image. */
  readonly symbol: string;
  readonly type: TensorType;
  readonly shape: readonly number[];
  /** Byte offset in the data file, which is its DRAM address too; a multiple of a line. */
  readonly offset: number;
  /** Bytes, padding to a line included. */
  readonly bytes: number;
  readonly tensor: Tensor;
  readonly layer: number | undefined;
}

/** A scale that the program loads: a weight's scale times a factor. */
export interface ScaleSlot {
  readonly weight: string;
  readonly factor: number;
}

/** Where everything that the program reads is in the data file. */
export interface DataPlan {
  readonly items: readonly DataItem[];
  /** Bytes of the data file. */
  readonly size: number;
  readonly layerStride: number;
  /** Byte offset of a per-layer tensor from the start of its layer's data. */
  readonly layerOffsets: ReadonlyMap<string, number>;
  /** Scales of every layer, in the order of a row of the table; then those that no layer owns. */
  readonly layerScales: readonly ScaleSlot[];
  readonly sharedScales: readonly ScaleSlot[];
}

export function toLine(bytes: number): number {
  return Math.ceil(bytes / MEMORY.line_bytes) * MEMORY.line_bytes;
}

/** Bytes from a row of a table to the next: rows start at lines. */
export function rowBytes(length: number, { bits }: Storage): number {
  return toLine((length * bits) / 8);
}

function elementType({ bits }: Storage): TensorType {
  return bits === 8 ? "i8" : bits === 16 ? "i16" : "q";
}

/** Type, shape and bytes of a tensor that the data file holds, or undefined for one that it does not. */
function stored(tensor: Tensor, packing: Packing) {
  switch (tensor.kind) {
    case "constant": {
      const type = elementType(tensor.storage);
      return { type, shape: [tensor.length], bytes: rowBytes(tensor.length, tensor.storage) };
    }
    case "table": {
      const stride = rowBytes(tensor.length, tensor.storage);
      const shape = [tensor.rows, (stride * 8) / tensor.storage.bits];
      return { type: elementType(tensor.storage), shape, bytes: tensor.rows * stride };
    }
    case "matrix": {
      const { rows, columns } = tensor;
      return { type: packing, shape: [rows, columns], bytes: packedSize(rows, columns, packing) };
    }
    default:
      return undefined;
  }
}

/** The tensor that a node reads from the data file. */
function tensorRead(node: Node): string | undefined {
  if (node.op === "constant") return node.tensor;
  if (node.op === "embed") return node.table;
  if (node.op === "product") return node.matrix;
  return undefined;
}

export function scaleKey({ weight, factor }: ScaleSlot): string {
  return `${weight} ${factor}`;
}

/** What a region's code reads, in the order in which it reads it. */
function readsOf(code: MachineCode) {
  const tensors = new Set<string>();
  const scales = new Map<string, ScaleSlot>();
  for (const step of code.steps) {
    if (step.kind !== "node") continue;
    const tensor = tensorRead(step.node);
    if (tensor) tensors.add(tensor);
    if (step.node.op === "scale") scales.set(scaleKey(step.node), step.node);
  }
  return { tensors: [...tensors], scales };
}

/**
 * Lays out the data file: tensors in the order in which a step reads them, a layer after the other
 * and all layers alike, so that one loop body serves them with bases that advance by a stride.
 */
export function planData(
  program: Program,
  codes: readonly MachineCode[],
  packing: Packing,
): DataPlan {
  const items: DataItem[] = [];
  const layerOffsets = new Map<string, number>();
  const layerScales = new Map<string, ScaleSlot>();
  const sharedScales = new Map<string, ScaleSlot>();
  const placed = new Set<string>();
  let size = 0;
  let layerStride = 0;

  const place = (name: string, layer: number | undefined): void => {
    const tensor = program.tensors.get(name);
    const form = tensor && stored(tensor, packing);
    if (!form) return;
    const symbol = layer === undefined ? name : layerName(layer, name);
    items.push({ symbol, ...form, bytes: toLine(form.bytes), offset: size, tensor, layer });
    size += toLine(form.bytes);
  };

  program.regions.forEach((region, index) => {
    const { tensors, scales } = readsOf(codes[index]!);
    const perLayer = region.advances === "layers";
    for (const [key, slot] of scales) (perLayer ? layerScales : sharedScales).set(key, slot);
    const fresh = tensors.filter((name) => !placed.has(name));
    for (const name of fresh) placed.add(name);
    if (!perLayer) {
      for (const name of fresh) place(name, undefined);
      return;
    }
    for (let layer = 0; layer < program.layers; layer++) {
      const start = size;
      for (const name of fresh) {
        layerOffsets.set(name, size - start);
        place(name, layer);
      }
      layerStride = size - start;
    }
  });
  return {
    items,
    size,
    layerStride,
    layerOffsets,
    layerScales: [...layerScales.values()],
    sharedScales: [...sharedScales.values()],
  };
}
