/**
 * The vector and matrix instructions on a WasmUnit's registers, bit for bit those of ../semantics, which
 * define them. An instruction without an entry here runs as it is defined.
 */
import type { InstructionId } from "../../isa/index.js";
import { MEMORY } from "../../isa/index.js";
import { type Packing, packedSize } from "../../ternary/packing.js";
import type { Machine } from "../machine.js";
import type { InstructionSet, KernelCall, Operands, Semantics } from "../operation.js";
import { dataAddress } from "../semantics/address.js";
import { SEMANTICS } from "../semantics/index.js";
import { scalarElement } from "../semantics/rowwise.js";
import { matrixScale, ternary } from "../semantics/tmatmul.js";
import type { DecodedWeights } from "./decoded-weights.js";
import type { LoadedVectors } from "./loaded-vectors.js";
import type { Team } from "./team.js";
import type { Tuner } from "./tuner.js";
import type { WasmUnit } from "./wasm-unit.js";

const LINE = MEMORY.line_bytes;
/** The step of an operand that is a vector, and of one that is a scalar. */
const VECTOR = 16;
const SCALAR = 0;

type Table = Partial<Record<InstructionId, Semantics>>;

/** What computes products, and where their weights are. */
export interface Products {
  readonly weights: DecodedWeights;
  readonly team: Team;
  readonly tuner: Tuner;
}

export function wasmInstructions(
  unit: WasmUnit,
  products: Products,
  vectors: LoadedVectors,
): InstructionSet {
  return {
    semantics: {
      ...SEMANTICS,
      ...withScalars(unit),
      ...rms(unit),
      ...loads(unit, vectors),
      ...ternaryProducts(unit, products),
    },
    calls: kernelCalls(unit),
  };
}

function kernelCalls({ kernel, v, sigTable, exp2Table }: WasmUnit): InstructionSet["calls"] {
  const binary =
    (kernel: KernelCall["kernel"], ...after: number[]) =>
    ({ rd, rs1, rs2 }: Operands): KernelCall => {
      return { kernel, before: [v[rd]!, v[rs1]!, v[rs2]!], after };
    };
  const unary =
    (kernel: KernelCall["kernel"], ...after: number[]) =>
    ({ rd, rs1 }: Operands): KernelCall => {
      return { kernel, before: [v[rd]!, v[rs1]!], after };
    };
  return {
    "add.vv": binary(kernel.add, VECTOR),
    "sub.vv": binary(kernel.sub, VECTOR),
    "mul.vv": binary(kernel.mul, VECTOR),
    "div.vv": binary(kernel.div),
    exp: unary(kernel.exp, exp2Table),
    sig: unary(kernel.sig, sigTable),
    silu: unary(kernel.silu, sigTable),
    norm: (operands) => unary(kernel.norm, operands.imm)(operands),
  };
}

/** Row-wise instructions of a vector and a scalar. */
function withScalars({ kernel, v, scalar, registers }: WasmUnit): Table {
  const copies = new Int32Array(registers.v[0]!.buffer, scalar, 4);
  const setScalar = (m: Machine, register: number) => {
    copies.fill(scalarElement(m, register));
    return scalar;
  };
  return {
    "add.vx": (m, { rd, rs1, rs2 }) => kernel.add(v[rd]!, v[rs1]!, setScalar(m, rs2), m.vl, SCALAR),
    "sub.xv": (m, { rd, rs1, rs2 }) => kernel.sub(v[rd]!, setScalar(m, rs1), v[rs2]!, m.vl, SCALAR),
    "mul.vx": (m, { rd, rs1, rs2 }) => kernel.mul(v[rd]!, v[rs1]!, setScalar(m, rs2), m.vl, SCALAR),
    splat: (m, { rd, rs1 }) => kernel.splat(v[rd]!, scalarElement(m, rs1), m.vl),
  };
}

function rms({ kernel, v, q }: WasmUnit): Table {
  return {
    quant(m, { rd, rs1 }) {
      const register = m.q[rd]!;
      register.absmax = kernel.quant(q[rd]!, v[rs1]!, m.vl);
      register.length = m.vl;
      return undefined;
    },
    argmax(m, { rd, rs1, rs2, rs3 }) {
      const index = kernel.argmax(v[rs2]!, m.vl);
      const largest = BigInt(m.v[rs2]![index]!);
      if (largest <= m.x[rs1]!) return undefined;
      const first = m.x[rs3]!;
      m.setX(rs1, largest);
      m.setX(rd, first + BigInt(index));
      return undefined;
    },
  };
}

function loads({ kernel, v, staging, stagingBytes }: WasmUnit, vectors: LoadedVectors): Table {
  const narrow =
    (width: number, widen: typeof kernel.widen8) =>
    (m: Machine, { rd, rs1, rs3, imm }: Operands): undefined => {
      const address = dataAddress(m, rs1, imm, m.vl * width, LINE);
      m.memory.readInto(stagingBytes.subarray(0, m.vl * width), address);
      widen(v[rd]!, staging, m.vl, rs3);
    };
  const ldv = (m: Machine, { rd, rs1, imm }: Operands): undefined => {
    const address = dataAddress(m, rs1, imm, 4 * m.vl, LINE);
    const at = vectors.find(address, m.vl);
    if (at === undefined) m.memory.load(m.v[rd]!, address, m.vl, "int32");
    else kernel.copy(v[rd]!, at, m.vl);
  };
  return { ldv, "ldv.b": narrow(1, kernel.widen8), "ldv.h": narrow(2, kernel.widen16) };
}

function ternaryProducts(unit: WasmUnit, { weights, team, tuner }: Products): Table {
  const { kernel, activations, v, q } = unit;
  const products = (packing: Packing): Semantics => {
    const id = `tmatmul.${packing}` as const;
    // Named for profiles.
    return function tmatmul(m, operands) {
      const { rd, rs1, rs2, rs3, imm } = operands;
      const { length: columns, absmax } = m.q[rs3]!;
      if (columns === 0) return ternary[id](m, operands);
      const rows = m.vl;
      const address = dataAddress(m, rs1, imm, packedSize(rows, columns, packing), LINE);
      const matrix = weights.find(packing, address, rows, columns);
      if (matrix === undefined) return ternary[id](m, operands);
      const scale = matrixScale(m, rs2);
      const { streams, threads } = tuner.begin(rows * columns, team.ready);
      if (threads > 1 || tuner.worthThreads) team.start();
      const helped = kernel.product(
        matrix,
        activations,
        q[rs3]!,
        columns,
        rows,
        v[rd]!,
        absmax,
        scale,
        streams,
        threads,
        tuner.lead,
      );
      tuner.end(helped > 0, helped > 0 ? kernel.waited() : 0);
      return undefined;
    };
  };
  return { "tmatmul.t4": products("t4"), "tmatmul.t5": products("t5") };
}
