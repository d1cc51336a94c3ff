import { decode, type Instruction, type InstructionId } from "../isa/index.js";
import type { Configuration } from "../isa/spec.js";
import type { Operands, Operation, Semantics } from "./operation.js";
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

/**
 * Decode a code section once.
 * @param code 8 bytes an instruction, little-endian
 * @param semantics default: the definitions
 */
export function predecode(
  code: Uint8Array,
  configuration: Configuration,
  semantics: Readonly<Record<InstructionId, Semantics>> = SEMANTICS,
): Operation[] {
  const view = new DataView(code.buffer, code.byteOffset, code.byteLength);
  return Array.from({ length: Math.floor(code.length / 8) }, (_, i) => {
    const word = view.getBigUint64(8 * i, true);
    const instruction = decode(word);
    if ("illegal" in instruction)
      return { execute: trapping("illegal_instruction", word), operands: NONE };
    const { id } = instruction.spec;
    return {
      execute: isSupported(id, configuration) ? semantics[id] : trapping("unsupported", word),
      operands: operandsOf(instruction),
      instruction,
    };
  });
}
