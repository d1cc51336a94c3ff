import type { Configuration } from "../isa/spec.js";
import type { Packing } from "../ternary/packing.js";
import type { Program } from "./ir/types.js";
import { type DataPlan, planData, toLine } from "./layout/data-plan.js";
import { spillBytes } from "./layout/spill-area.js";
import { checkDram, checkLimits } from "./limits.js";
import { allocate } from "./registers/allocate.js";
import type { CarriedRegisters, MachineCode } from "./registers/machine-code.js";
import { SCALE_REGISTERS } from "./registers/scalar-roles.js";
import { costModel, type MachineSpeed } from "./schedule/cost.js";
import { schedule, writtenOrder } from "./schedule/list-scheduler.js";

/** A program whose instructions, registers and data layout are decided. */
export interface LoweredProgram {
  readonly program: Program;
  /** One a region. */
  readonly codes: readonly MachineCode[];
  readonly plan: DataPlan;
  /** Bytes of DRAM that are used. */
  readonly extent: number;
}

export interface BackendOptions {
  readonly configuration: Configuration;
  readonly packing: Packing;
  /** Whether instructions are reordered so that units overlap; default true. */
  readonly schedule?: boolean;
  /** Speeds that the order is made for; default: NOMINAL_SPEED. */
  readonly speed?: MachineSpeed;
  /** v registers to use; default all. For tests and studies of register pressure. */
  readonly vectorRegisters?: number;
}

/** Registers for the values that regions hand on: v0, v1, ... and q0, q1, ... as they appear. */
export function carriedRegisters(program: Program): CarriedRegisters {
  const carried = new Map<string, number>();
  const used = { vector: 0, activations: 0 };
  for (const { graph } of program.regions) {
    for (const [name, id] of graph.outputs) {
      const { kind } = graph.nodes[id]!;
      if ((kind === "vector" || kind === "activations") && !carried.has(name))
        carried.set(name, used[kind]++);
    }
  }
  return carried;
}

/** Bytes of DRAM that a program uses: the data file, scales, state, ports, spilled vectors. */
function extentOf(program: Program, plan: DataPlan, codes: readonly MachineCode[]): number {
  let bytes = plan.size + spillBytes(codes);
  bytes += toLine(plan.layerScales.length * 4 * program.layers);
  bytes += toLine(plan.sharedScales.length * 4) + toLine(8);
  for (const tensor of program.tensors.values()) {
    if (tensor.kind === "state") bytes += tensor.layers * toLine(tensor.length * 4);
    if (tensor.kind === "port") bytes += toLine(tensor.length * 4);
  }
  return bytes;
}

/**
 * Orders a program's instructions, gives its values registers and lays out its data.
 * @throws UserError when the configuration is too small
 */
export function lower(program: Program, options: BackendOptions): LoweredProgram {
  const { configuration, packing } = options;
  checkLimits(program, configuration, packing);
  const cost = costModel(program, packing, options.speed);
  const carried = carriedRegisters(program);
  const codes = program.regions.map(({ graph }) => {
    const order = options.schedule === false ? writtenOrder(graph) : schedule(graph, cost);
    return allocate(graph, order, {
      carried,
      scalars: SCALE_REGISTERS,
      ...(options.vectorRegisters !== undefined && { vectors: options.vectorRegisters }),
    });
  });
  const plan = planData(program, codes, packing);
  const extent = extentOf(program, plan, codes);
  checkDram(program.name, extent, configuration);
  return { program, codes, plan, extent };
}
