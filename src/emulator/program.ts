import { decode, type Instruction, type InstructionId } from "../isa/index.js";
import type { Configuration } from "../isa/spec.js";
import type { InstructionSet, KernelCall, Operands, Operation, Semantics } from "./operation.js";
import { SEMANTICS } from "./semantics/index.js";
import { Trap } from "./trap.js";

const NONE: Operands = { rd: 0, rs1: 0, rs2: 0, rs3: 0, imm: 0, wide: 0n };

function operandsOf({ fields }: Instruction): Operands {
  const imm = fields.imm ?? fields.imm48 ?? 0;
  return {
    rd: fields.rd ?? 0,
    rs1: fields.rs1 ?? 0,
    rs2: fields.rs2 ?? 0,
    rs3: fields.rs3 ?? 0,
    imm,
    wide: BigInt(imm),
  };
}

/** A `tmatmul` of a packing names it after its dot. */
function isSupported(id: InstructionId, configuration: Configuration): boolean {
  return !id.startsWith("tmatmul.") || configuration.packings.includes(id.slice("tmatmul.".length));
}

function trapping(name: "illegal_instruction" | "unsupported", word: bigint): Semantics {
  return () => {
    throw new Trap(name, word & 0xffffffffn);
  };
}

/** The semantics that a call of a kernel is. The argument lists that occur are written out: spreading is slow. */
function calling({ kernel, before, after }: KernelCall): Semantics {
  const [a, b, c] = before as [number, number, number];
  const [last] = after as [number];
  if (before.length === 2 && after.length === 0) return ({ vl }) => kernel(a, b, vl);
  if (before.length === 2 && after.length === 1) return ({ vl }) => kernel(a, b, vl, last);
  if (before.length === 3 && after.length === 0) return ({ vl }) => kernel(a, b, c, vl);
  if (before.length === 3 && after.length === 1) return ({ vl }) => kernel(a, b, c, vl, last);
  return ({ vl }) => kernel(...before, vl, ...after);
}

/**
 * Decode a code section once.
 * @param code 8 bytes an instruction, little-endian
 * @param instructions default: the definitions
 */
export function predecode(
  code: Uint8Array,
  configuration: Configuration,
  { semantics, calls }: InstructionSet = { semantics: SEMANTICS },
): Operation[] {
  const view = new DataView(code.buffer, code.byteOffset, code.byteLength);
  return Array.from({ length: Math.floor(code.length / 8) }, (_, i) => {
    const word = view.getBigUint64(8 * i, true);
    const instruction = decode(word);
    if ("illegal" in instruction)
      return { execute: trapping("illegal_instruction", word), operands: NONE };
    const { id } = instruction.spec;
    const operands = operandsOf(instruction);
    if (!isSupported(id, configuration))
      return { execute: trapping("unsupported", word), operands, instruction };
    const call = calls?.[id]?.(operands);
    if (call) return { execute: calling(call), operands, call, instruction };
    return { execute: semantics[id], operands, instruction };
  });
}
