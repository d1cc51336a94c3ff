import { instruction } from "../../isa/codec.js";
import { packedSize } from "../../ternary/packing.js";
import { formatNode, realText, valueNames } from "../ir/print.js";
import type { Node, Region, Storage } from "../ir/types.js";
import { tensorOf } from "../ir/types.js";
import { type ScaleSlot, scaleKey } from "../layout/data-plan.js";
import type { MachineCode, MachineStep } from "../registers/machine-code.js";
import { select } from "../select/select.js";
import { LAYER_SCALES, STATE_STRIDE } from "./addressing.js";
import type { EmitContext } from "./context.js";

/** Label of a region's code; a loop comes back to it. */
export function regionLabel(region: Region): string {
  return `step.${region.name}`;
}

/** Emits a region's steps; keeps track of the vector length. */
class RegionEmitter {
  #length = 0;
  readonly #names: readonly string[];

  constructor(
    private readonly context: EmitContext,
    private readonly region: Region,
    private readonly code: MachineCode,
  ) {
    this.#names = valueNames(code.graph);
  }

  emit(): void {
    for (const step of this.code.steps) this.#step(step);
  }

  #setLength(length: number): void {
    if (this.#length !== length) this.context.text.instruction("setvli", [String(length)]);
    this.#length = length;
  }

  #step(step: MachineStep): void {
    const { text, addressing } = this.context;
    const { node } = step;
    const name = this.#names[node.id]!;
    if (step.kind === "node") {
      this.#node(node, step.destination, step.sources);
      return;
    }
    this.#setLength(node.length);
    if (step.kind === "move") {
      text.instruction("mv", [`v${step.register}`, `v${step.source}`], `yield ${name}`);
      return;
    }
    const slot = addressing.spill(this.code.slots, step.slot);
    if (step.kind === "spill")
      text.instruction("sv", [slot, `v${step.register}`], `no register left for ${name}`);
    else text.instruction("ldv", [`v${step.register}`, slot], `${name} again`);
  }

  #node(node: Node, destination: number | undefined, sources: readonly number[]): void {
    const { program, packing, text } = this.context;
    const id = select(node, program, packing);
    if (!id) return;
    if (node.op !== "scale") this.#setLength(node.length);
    const operands = this.#operands(node, destination, sources);
    text.instruction(instruction(id).mnemonic, operands, formatNode(node, this.#names));
  }

  #operands(
    node: Node,
    destination: number | undefined,
    sources: readonly number[],
  ): readonly string[] {
    const { program, plan, addressing, text } = this.context;
    const { region } = this;
    const v = (register: number | undefined) => `v${register}`;
    const load = (address: string, { bits, shift }: Storage) =>
      bits === 32 ? [v(destination), address] : [v(destination), address, String(shift)];
    switch (node.op) {
      case "input":
        return [];
      case "embed":
        return load("(address)", tensorOf(program, node.table, "table").storage);
      case "constant": {
        const { storage } = tensorOf(program, node.tensor, "constant");
        return load(addressing.constant(region, node.tensor), storage);
      }
      case "load":
        return [v(destination), addressing.memory(region, node.tensor, 0)];
      case "store":
        return [addressing.memory(region, node.tensor, node.offset), v(sources[0])];
      case "scale": {
        const slots = region.advances === "layers" ? plan.layerScales : plan.sharedScales;
        return [`x${destination}`, addressing.scale(region, slotOf(slots, node))];
      }
      case "add":
      case "sub":
      case "mul":
        return [v(destination), v(sources[0]), v(sources[1])];
      case "negate":
        return [v(destination), "x0", v(sources[0])];
      case "complement":
        text.instruction("li", ["one", "fixed(1)"]);
        return [v(destination), "one", v(sources[0])];
      case "sig":
      case "silu":
        return [v(destination), v(sources[0])];
      case "norm":
        return [v(destination), v(sources[0]), `eps(${realText(node.eps)})`];
      case "quant":
        return [`q${destination}`, v(sources[0])];
      case "product": {
        const address = addressing.matrix(region, node.matrix, node.firstRow);
        return [v(destination), `q${sources[0]}`, address, `x${sources[1]}`];
      }
      case "argmax":
        return ["best_token", "best_logit", v(sources[0]), this.#firstIndex(node.first)];
    }
  }

  /** The register that holds the index of a block's first element. */
  #firstIndex(first: number): string {
    const { text } = this.context;
    if (this.region.advances === "rows") {
      if (first === 0) return "block_first";
      text.instruction("addi", ["scratch", "block_first", String(first)]);
      return "scratch";
    }
    if (first === 0) return "x0";
    text.instruction("li", ["scratch", String(first)]);
    return "scratch";
  }
}

function slotOf(slots: readonly ScaleSlot[], wanted: ScaleSlot): number {
  const index = slots.findIndex((slot) => scaleKey(slot) === scaleKey(wanted));
  if (index < 0) throw new Error(`no slot holds the scale of ${wanted.weight}`);
  return index;
}

/** Base registers that a region advances, with their first value and their stride. */
function bases(context: EmitContext, region: Region): [string, string, string][] {
  const { program, plan, packing } = context;
  if (region.advances === "layers") {
    const list: [string, string, string][] = [["layer_data", "layers", "layer_stride"]];
    if (plan.layerScales.length > 0)
      list.push(["layer_scales", LAYER_SCALES, String(plan.layerScales.length * 4)]);
    for (const tensor of program.tensors.values())
      if (tensor.kind === "state") list.push(["layer_state", tensor.name, STATE_STRIDE]);
    return list;
  }
  if (region.advances === "rows") {
    const product = region.graph.nodes.find((node) => node.op === "product");
    const store = region.graph.nodes.find((node) => node.op === "store");
    if (product?.op !== "product" || store?.op !== "store") return [];
    const { columns } = tensorOf(program, product.matrix, "matrix");
    return [
      ["block_matrix", product.matrix, String(packedSize(region.rowsPerTrip, columns, packing))],
      ["block_logits", store.tensor, String(region.rowsPerTrip * 4)],
      ["block_first", "0", String(region.rowsPerTrip)],
    ];
  }
  return [];
}

/** Emits a region: its bases, its code, and the loop around it. */
export function emitRegion(context: EmitContext, region: Region, code: MachineCode): void {
  const { text } = context;
  text.line();
  text.comment(`${region.summary}${region.trips > 1 ? `, ${region.trips} times` : ""}`);
  const advancing = bases(context, region);
  for (const [register, start] of advancing) text.instruction("li", [register, start]);
  if (region.trips > 1) text.instruction("li", ["trips_left", String(region.trips)]);
  text.label(regionLabel(region));
  new RegionEmitter(context, region, code).emit();
  if (region.trips === 1) return;
  for (const [register, , stride] of advancing)
    text.instruction("addi", [register, register, stride]);
  text.instruction("addi", ["trips_left", "trips_left", "-1"]);
  text.instruction("bnez", ["trips_left", regionLabel(region)]);
}
