import type { Instruction, UNITS } from "../../isa/index.js";
import type { Machine } from "../machine.js";
import type { Observer } from "../observer.js";
import { TRAFFIC_KINDS, type TrafficKind, trafficOf } from "./traffic.js";

/** What ran. */
export interface StatisticsReport {
  readonly instructions: number;
  /** Retired instructions by id, most frequent first. */
  readonly byInstruction: Readonly<Record<string, number>>;
  readonly byUnit: Readonly<Partial<Record<keyof typeof UNITS, number>>>;
  /** Rows times columns of all ternary products. */
  readonly multiplyAdds: number;
  /** Bytes between DRAM and the machine. */
  readonly traffic: Readonly<Record<TrafficKind, number>>;
}

function descending(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])));
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Counts what an emulator runs while it is attached. */
export class Statistics implements Observer {
  readonly #byInstruction = new Map<string, number>();
  readonly #byUnit = new Map<string, number>();
  readonly #traffic = new Map<TrafficKind, number>(TRAFFIC_KINDS.map((kind) => [kind, 0]));
  #instructions = 0;
  #multiplyAdds = 0;

  after(machine: Machine, instruction: Instruction): void {
    const { spec, fields } = instruction;
    this.#instructions++;
    count(this.#byInstruction, spec.id);
    count(this.#byUnit, spec.unit);
    if (spec.unit === "tmatmul")
      this.#multiplyAdds += machine.vl * machine.q[fields.rs3 ?? 0]!.length;
    const traffic = trafficOf(machine, instruction);
    if (traffic) this.#traffic.set(traffic.kind, this.#traffic.get(traffic.kind)! + traffic.bytes);
  }

  report(): StatisticsReport {
    return {
      instructions: this.#instructions,
      byInstruction: descending(this.#byInstruction),
      byUnit: descending(this.#byUnit),
      multiplyAdds: this.#multiplyAdds,
      traffic: Object.fromEntries(this.#traffic) as Record<TrafficKind, number>,
    };
  }
}
