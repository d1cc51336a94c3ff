import { INSTRUCTION_BYTES } from "../../isa/codec.js";
import { CSRS, ISA } from "../../isa/index.js";
import type { Machine } from "../machine.js";
import type { Operands, Pause } from "../operation.js";
import { Trap } from "../trap.js";
import { codeAddress } from "./address.js";

/** Whether a branch is taken, by x[rs1] and x[rs2]. */
export const BRANCHES = {
  beq: (a: bigint, b: bigint) => a === b,
  bne: (a: bigint, b: bigint) => a !== b,
  blt: (a: bigint, b: bigint) => a < b,
  bge: (a: bigint, b: bigint) => a >= b,
  bltu: (a: bigint, b: bigint) => unsigned(a) < unsigned(b),
  bgeu: (a: bigint, b: bigint) => unsigned(a) >= unsigned(b),
};

function branch(taken: (a: bigint, b: bigint) => boolean) {
  return (m: Machine, { rs1, rs2, wide }: Operands): undefined => {
    if (taken(m.x[rs1]!, m.x[rs2]!)) m.nextPc = codeAddress(m, BigInt(m.pc) + wide);
  };
}

function setVectorLength(m: Machine, length: bigint): undefined {
  if (length < 1n || length > m.configuration.vlmax) throw new Trap("vector_length", length);
  m.vl = Number(length);
}

const unsigned = (a: bigint) => BigInt.asUintN(64, a);

const READ_CSR: Readonly<Record<keyof typeof CSRS, (m: Machine) => number>> = {
  vl: (m) => m.vl,
  vlmax: (m) => m.configuration.vlmax,
  instret: (m) => m.retired,
  streams: () => 1,
  isa: () => ISA.major * 65536 + ISA.minor,
  dram: (m) => m.configuration.dram,
};

const CSR_BY_NUMBER: ((m: Machine) => number)[] = [];
for (const name of Object.keys(CSRS) as (keyof typeof CSRS)[])
  CSR_BY_NUMBER[CSRS[name].number] = READ_CSR[name];

export const control = {
  jal(m: Machine, { rd, wide }: Operands): undefined {
    m.nextPc = codeAddress(m, BigInt(m.pc) + wide);
    m.setX(rd, BigInt(m.pc + INSTRUCTION_BYTES));
  },
  jalr(m: Machine, { rd, rs1, wide }: Operands): undefined {
    m.nextPc = codeAddress(m, BigInt.asIntN(64, m.x[rs1]! + wide));
    m.setX(rd, BigInt(m.pc + INSTRUCTION_BYTES));
  },
  beq: branch(BRANCHES.beq),
  bne: branch(BRANCHES.bne),
  blt: branch(BRANCHES.blt),
  bge: branch(BRANCHES.bge),
  bltu: branch(BRANCHES.bltu),
  bgeu: branch(BRANCHES.bgeu),
  setvl: (m: Machine, { rs1 }: Operands) => setVectorLength(m, m.x[rs1]!),
  setvli: (m: Machine, { wide }: Operands) => setVectorLength(m, wide),
  csrr(m: Machine, { rd, imm }: Operands): undefined {
    m.setX(rd, BigInt(CSR_BY_NUMBER[imm]!(m)));
  },
  deq(m: Machine, { rd }: Operands): Pause | undefined {
    const entry = m.input.take();
    if (entry === undefined) {
      if (m.input.closed) throw new Trap("queue_empty", 0n);
      return "input";
    }
    m.setX(rd, entry);
  },
  enq(m: Machine, { rs1 }: Operands): Pause | undefined {
    if (m.output.full) return "output";
    m.output.push([m.x[rs1]!]);
  },
  halt: (): Pause => "halted",
  trap(_: Machine, { wide }: Operands): undefined {
    throw new Trap("software", wide);
  },
};
