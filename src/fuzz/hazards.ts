import type { FieldName, OperandSpec, RegisterFile } from "../isa/index.js";
import { access, setLength } from "./accesses.js";
import { type Context, line, randomFields } from "./context.js";
import type { Line, Statement } from "./program.js";
import { memoryOperand, type Row, registerOperands, rowsOf, UNIT_NAMES } from "./traits.js";
import { randomLength } from "./values.js";

/** How a later instruction depends on an earlier one: read after write, and so on. */
export const HAZARDS = {
  RAW: ["w", "r"],
  WAR: ["r", "w"],
  WAW: ["w", "w"],
} as const satisfies Record<string, readonly ["r" | "w", "r" | "w"]>;

export type HazardKind = keyof typeof HAZARDS;

const ROWS = rowsOf("plain", "memory", "input");

/** Operands that a hazard can be made with; the base of an address has to hold the address. */
function operandsFor(row: Row, file: RegisterFile, access: "r" | "w"): OperandSpec[] {
  return registerOperands(row, file, access).filter(({ name }) => name !== "base");
}

/** Two units, a kind and a register file for which both have instructions. */
interface Pair {
  readonly first: string;
  readonly second: string;
  readonly kind: HazardKind;
  readonly file: RegisterFile;
}

const candidates = (unit: string, file: RegisterFile, access: "r" | "w") =>
  ROWS.filter((row) => row.unit === unit && operandsFor(row, file, access).length > 0);

/** All that can be aimed at. */
export const HAZARD_PAIRS: readonly Pair[] = (["v", "q", "x"] as const).flatMap((file) =>
  (Object.keys(HAZARDS) as HazardKind[]).flatMap((kind) =>
    UNIT_NAMES.flatMap((first) =>
      UNIT_NAMES.filter(
        (second) =>
          candidates(first, file, HAZARDS[kind][0]).length > 0 &&
          candidates(second, file, HAZARDS[kind][1]).length > 0,
      ).map((second) => ({ first, second, kind, file })),
    ),
  ),
);

/** An instruction of a unit that reads or writes a register. */
function using(
  context: Context,
  unit: string,
  file: RegisterFile,
  kind: "r" | "w",
  register: number,
): Line[] {
  const { random } = context;
  const row = random.pick(candidates(unit, file, kind));
  const { field } = random.pick(operandsFor(row, file, kind));
  const given = { [field as FieldName]: register };
  return memoryOperand(row)
    ? access(context, row, given)
    : [line(row, randomFields(context, row, given))];
}

/** Two instructions that share a register, maybe with another one or a new length between them. */
export function hazard(context: Context): Statement {
  const { random, hot, limit, configuration } = context;
  const { first, second, kind, file } = random.pick(HAZARD_PAIRS);
  const register = random.pick(hot[file]) || (file === "x" ? 1 : 0);
  const [before, after] = HAZARDS[kind];
  const between = random.weighted<() => Line[]>([
    [6, () => []],
    [1, () => setLength(context, randomLength(random, configuration, limit))],
    [1, () => using(context, random.pick(["rowwise", "lsu"]), "v", "r", random.pick(hot.v))],
  ])();
  return {
    kind: "step",
    aim: `${kind} on ${file}${register}: ${first}, ${second}`,
    lines: [
      ...using(context, first, file, before, register),
      ...between,
      ...using(context, second, file, after, register),
    ],
  };
}
