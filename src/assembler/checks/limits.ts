import { type Configuration, type Instruction, MEMORY, type OperandSpec } from "../../isa/index.js";
import type { Reporter } from "../source/reporter.js";
import { operandPlace, type Program } from "./program.js";

/** Timing classes whose memory operand must begin at a DRAM line. */
const WHOLE_LINES: ReadonlySet<string> = new Set(["vector_load", "vector_store", "stream"]);

const isMemory = ({ kind }: OperandSpec) => kind === "mem";

/** Warns of what surely traps, or does not fit, in the configuration that the program is for. */
export function warnLimits(
  program: Program,
  configuration: Configuration,
  reporter: Reporter,
): void {
  const { instructions } = program;
  for (const [index, instruction] of instructions.entries()) {
    if (!instruction) continue;
    if (instruction.spec.id === "setvli")
      checkVectorLength(program, index, configuration, reporter);
    const message = addressProblem(instruction, configuration);
    if (message !== undefined)
      reporter.warning(operandPlace(program, index, isMemory), `${message}: this traps`);
    const packing =
      instruction.spec.unit === "tmatmul" && instruction.spec.mnemonic.split(".").at(-1);
    if (packing && !configuration.packings.includes(packing))
      reporter.warning(
        operandPlace(program, index, () => false),
        `configuration ${configuration.name} does not have packing ${packing}: this traps`,
      );
  }
  if (instructions.length > configuration.instructions)
    reporter.warning(
      operandPlace(program, configuration.instructions, () => false),
      `the program has ${instructions.length} instructions, configuration ${configuration.name} has room for ${configuration.instructions}`,
      { help: "this is the first one without room; loops make a program shorter" },
    );
}

function checkVectorLength(
  program: Program,
  index: number,
  { name, vlmax }: Configuration,
  reporter: Reporter,
): void {
  const length = program.instructions[index]!.fields.imm ?? 0;
  if (length >= 1 && length <= vlmax) return;
  const place = operandPlace(program, index, ({ kind }) => kind === "imm");
  const message =
    length < 1
      ? "vector length 0: this traps"
      : `vector length ${length} is beyond configuration ${name}, whose longest is ${vlmax}: this traps`;
  reporter.warning(place, message);
}

/** What is wrong with an address that is known because its base is x0. */
function addressProblem({ spec, fields }: Instruction, { name, dram }: Configuration) {
  const operand = spec.operands.find(isMemory);
  if (!operand || !spec.traps.includes("address_out_of_range")) return undefined;
  if (fields[operand.base as "rs1"] !== 0) return undefined;
  const address = fields[operand.field as "imm"] ?? 0;
  if (address < 0 || address >= dram)
    return `address ${address} is outside the DRAM of configuration ${name}`;
  const { line_bytes } = MEMORY;
  return WHOLE_LINES.has(spec.timing) && address % line_bytes !== 0
    ? `address 0x${address.toString(16)} is no multiple of ${line_bytes}`
    : undefined;
}
