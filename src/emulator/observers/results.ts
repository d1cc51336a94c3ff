import type { FieldName, Instruction, OperandSpec } from "../../isa/index.js";
import { toReal } from "../../numerics/fixed.js";
import type { Machine } from "../machine.js";

/** Elements of a vector that a trace shows. */
const SHOWN = 4;

function list(values: readonly (number | string)[], length: number): string {
  return `[${values.join(" ")}${length > values.length ? ` ... ${length}` : ""}]`;
}

function vectorText(values: Int32Array, length: number): string {
  const shown = values.subarray(0, Math.min(SHOWN, length));
  return list(
    Array.from(shown, (element) => Number(toReal(element).toPrecision(6))),
    length,
  );
}

function scalarText(value: bigint): string {
  const magnitude = value < 0n ? -value : value;
  return magnitude < 0x10000n
    ? `${value}`
    : `${value} (0x${BigInt.asUintN(64, value).toString(16)})`;
}

function registerText(machine: Machine, operand: OperandSpec, register: number): string {
  const name = `${operand.kind}${register}`;
  if (operand.kind === "v") return `${name} = ${vectorText(machine.v[register]!, machine.vl)}`;
  if (operand.kind === "x") return `${name} = ${scalarText(machine.x[register]!)}`;
  const { values, length, absmax } = machine.q[register]!;
  const shown = Array.from(values.subarray(0, Math.min(SHOWN, length)));
  return `${name} = ${list(shown, length)} absmax ${Number(toReal(absmax).toPrecision(6))}`;
}

/** Where a store that has just retired wrote, and what; undefined for other instructions. */
function storeText(machine: Machine, { spec, fields }: Instruction): string | undefined {
  if (spec.id !== "sv" && spec.id !== "sw" && spec.id !== "sd") return undefined;
  const address = Number(machine.x[fields.rs1 ?? 0]!) + (fields.imm ?? 0);
  const source = fields.rs2 ?? 0;
  const value =
    spec.id === "sv"
      ? vectorText(machine.v[source]!, machine.vl)
      : scalarText(spec.id === "sw" ? BigInt.asIntN(32, machine.x[source]!) : machine.x[source]!);
  return `M[0x${address.toString(16)}] = ${value}`;
}

/** What an instruction that has just retired changed, such as `x5 = 3`; empty for branches. */
export function resultsOf(machine: Machine, instruction: Instruction): string[] {
  const { spec, fields } = instruction;
  const written = spec.operands.filter(
    ({ kind, access }) => kind !== "mem" && (access === "w" || access === "rw"),
  );
  const results = written.map((operand) =>
    registerText(machine, operand, fields[operand.field as FieldName] ?? 0),
  );
  if (spec.id === "setvl" || spec.id === "setvli") results.push(`vl = ${machine.vl}`);
  if (spec.id === "enq") results.push(`output ${scalarText(machine.x[fields.rs1 ?? 0]!)}`);
  const stored = storeText(machine, instruction);
  if (stored) results.push(stored);
  return results;
}
