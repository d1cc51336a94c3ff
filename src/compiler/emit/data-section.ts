import { layerName } from "../ir/names.js";
import type { Program } from "../ir/types.js";
import { type DataPlan, type ScaleSlot, toLine } from "../layout/data-plan.js";
import { LAYER_SCALES, offsetName, SHARED_SCALES, SPILL, STATE_STRIDE } from "./addressing.js";
import type { AssemblyText } from "./text.js";

/** Offsets and strides that the code uses. */
export function emitLayoutConstants(text: AssemblyText, plan: DataPlan, program: Program): void {
  if (plan.layerOffsets.size > 0) {
    text.line();
    text.comment("a layer's constants and matrices: bytes from the start of its data");
    for (const [name, offset] of plan.layerOffsets)
      text.constant(offsetName(name), offset, `${name}`);
    text.constant("layer_stride", plan.layerStride, "bytes from a layer's data to the next one's");
  }
  for (const tensor of program.tensors.values())
    if (tensor.kind === "state" && tensor.layers > 1)
      text.constant(
        STATE_STRIDE,
        toLine(tensor.length * 4),
        "bytes from a layer's state to the next",
      );
}

/** The binary32 number that a scale slot holds, as a decimal that reads back as the same number. */
function scaleText(
  { weight, factor }: ScaleSlot,
  layer: number | undefined,
  scales: ReadonlyMap<string, number>,
): string {
  const name = layer === undefined ? weight : layerName(layer, weight);
  const scale = scales.get(name);
  if (scale === undefined) throw new Error(`no scale is known for ${name}`);
  return String(Math.fround(scale * factor));
}

function emitScales(
  text: AssemblyText,
  label: string,
  slots: readonly ScaleSlot[],
  layers: readonly (number | undefined)[],
  scales: ReadonlyMap<string, number>,
): void {
  if (slots.length === 0) return;
  text.line();
  text.comment(`scales of the products: ${slots.map(({ weight }) => weight).join(", ")}`);
  text.directive(".balign", "64");
  text.label(label);
  for (const layer of layers)
    text.directive(
      ".float",
      slots.map((slot) => scaleText(slot, layer, scales)).join(", "),
      layer === undefined ? "" : `layer ${layer}`,
    );
}

/** What the program's data sections hold. */
export interface DataSections {
  readonly program: Program;
  readonly plan: DataPlan;
  readonly scales: ReadonlyMap<string, number>;
  /** Name of the data file; undefined: its tensors are zero, in .bss. */
  readonly dataFile: string | undefined;
  readonly spillBytes: number;
  /** The initial value of `control`, if the program has a token loop. */
  readonly stopToken: number | undefined;
}

/** Emits .data, the data file's tensors; .rodata, scales and the control word; and .bss. */
export function emitDataSections(text: AssemblyText, data: DataSections): void {
  const { program, plan, scales, dataFile, stopToken } = data;
  text.line();
  text.line(dataFile === undefined ? ".bss" : ".data");
  let layer: number | undefined;
  for (const item of plan.items) {
    if (item.layer !== layer) text.line();
    if (item.layer === 0 && layer !== 0) text.label("layers");
    layer = item.layer;
    text.label(item.symbol);
    text.directive(".tensor", [item.symbol, item.type, ...item.shape].join(", "));
    if (dataFile === undefined) text.directive(".zero", String(item.bytes));
    else text.directive(".incbin", `"${dataFile}", ${item.offset}, ${item.bytes}`);
  }
  // A section of their own: .data is then the data file, which the assembler need not copy.
  text.line();
  text.line(".section .rodata");
  const layers = Array.from({ length: program.layers }, (_, n) => n);
  emitScales(text, LAYER_SCALES, plan.layerScales, layers, scales);
  emitScales(text, SHARED_SCALES, plan.sharedScales, [undefined], scales);
  if (stopToken !== undefined) {
    text.line();
    text.comment("the token that ends a run of count > 1; -1: none");
    text.directive(".balign", "64");
    text.label("control");
    text.directive(".tensor", "control, i64, 1");
    text.directive(".dword", String(stopToken));
  }
  text.line();
  text.line(".bss");
  for (const tensor of program.tensors.values()) {
    if (tensor.kind !== "state" && tensor.kind !== "port") continue;
    const stride = toLine(tensor.length * 4);
    const shape = tensor.kind === "state" ? [tensor.layers, stride / 4] : [tensor.length];
    const rows = tensor.kind === "state" ? tensor.layers : 1;
    text.directive(".balign", "64");
    text.label(tensor.name);
    text.directive(".tensor", [tensor.name, "q", ...shape].join(", "));
    text.directive(".zero", String(rows * stride));
  }
  if (data.spillBytes > 0) {
    text.directive(".balign", "64");
    text.label(SPILL);
    text.directive(".zero", String(data.spillBytes), "vectors that no register was left for");
  }
}
