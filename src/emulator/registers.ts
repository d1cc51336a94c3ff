import { REGISTERS } from "../isa/index.js";

/** An activation register: what `quant` made. */
export interface ActivationRegister {
  readonly values: Int8Array;
  /** Valid values; 0 until the register is first written. */
  length: number;
  /** In units of an element. */
  absmax: number;
}

/** The registers that hold vectors. */
export interface Registers {
  /** VLMAX elements each, int32 fixed point. */
  readonly v: readonly Int32Array[];
  readonly q: readonly ActivationRegister[];
}

export function newRegisters(vlmax: number): Registers {
  return {
    v: Array.from({ length: REGISTERS.v.count }, () => new Int32Array(vlmax)),
    q: Array.from({ length: REGISTERS.q.count }, () => ({
      values: new Int8Array(vlmax),
      length: 0,
      absmax: 0,
    })),
  };
}

/** As after reset: all zero. */
export function clearRegisters({ v, q }: Registers): void {
  for (const elements of v) elements.fill(0);
  for (const register of q) {
    register.values.fill(0);
    register.length = 0;
    register.absmax = 0;
  }
}
