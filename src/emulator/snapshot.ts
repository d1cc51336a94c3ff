import type { Stop } from "../target/target.js";
import type { Machine } from "./machine.js";
import type { MemorySnapshot } from "./memory.js";

/** All of a machine at one time, queues included. */
export interface MachineSnapshot {
  readonly v: readonly Int32Array[];
  readonly q: readonly { values: Int8Array; length: number; absmax: number }[];
  readonly x: BigInt64Array;
  readonly vl: number;
  readonly pc: number;
  readonly retired: number;
  readonly memory: MemorySnapshot;
  readonly input: readonly bigint[];
  readonly inputClosed: boolean;
  readonly output: readonly bigint[];
  /** How the program ended, if it has. */
  readonly ended: Stop | undefined;
}

export function snapshotMachine(machine: Machine, ended: Stop | undefined): MachineSnapshot {
  return {
    v: machine.v.map((elements) => elements.slice()),
    q: machine.q.map((register) => ({ ...register, values: register.values.slice() })),
    x: machine.x.slice(),
    vl: machine.vl,
    pc: machine.pc,
    retired: machine.retired,
    memory: machine.memory.snapshot(),
    input: [...machine.input.peekAll()],
    inputClosed: machine.input.closed,
    output: [...machine.output.peekAll()],
    ended,
  };
}

export function restoreMachine(machine: Machine, snapshot: MachineSnapshot): void {
  for (const [i, elements] of snapshot.v.entries()) machine.v[i]!.set(elements);
  for (const [i, { values, length, absmax }] of snapshot.q.entries()) {
    const register = machine.q[i]!;
    register.values.set(values);
    register.length = length;
    register.absmax = absmax;
  }
  machine.x.set(snapshot.x);
  machine.vl = snapshot.vl;
  machine.pc = snapshot.pc;
  machine.retired = snapshot.retired;
  machine.memory.restore(snapshot.memory);
  machine.input.takeAll();
  machine.input.push(snapshot.input);
  machine.input.closed = snapshot.inputClosed;
  machine.output.takeAll();
  machine.output.push(snapshot.output);
}
