import type { Machine } from "../emulator/machine.js";
import type { Observer } from "../emulator/observer.js";
import {
  HAZARD_PAIRS,
  HAZARDS,
  type HazardKind,
  isStore,
  memoryOperand,
  ROWS,
  registerOperands,
  roleOf,
} from "../fuzz/index.js";
import {
  type Configuration,
  type FieldName,
  type Instruction,
  MEMORY,
  type RegisterFile,
  TRAPS,
  UNITS,
} from "../isa/index.js";
import type { Stop } from "../target/target.js";
import { type Range, rangeOfAccess } from "./ranges.js";

/** Instructions between two that depend on each other, at most, for it to be a hazard. */
const WINDOW = 6;

/** Things of one kind that programs should do, and how often they did. */
export interface CoverageGroup {
  readonly name: string;
  /** Every item, those that never happened with 0. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Where the remainder of a length is special for something as wide as `unit`. */
function lengthClass(length: number, unit: number): string {
  if (length < unit) return `below ${unit}`;
  const rest = length % unit;
  if (rest === 0) return `n * ${unit}`;
  if (rest === 1) return `n * ${unit} + 1`;
  return rest === unit - 1 ? `n * ${unit} - 1` : `n * ${unit} + more`;
}

function lengthClasses(length: number, { vlmax, core }: Configuration): string[] {
  const units = new Set([core.lanes, MEMORY.line_bytes, core.beat_bytes * core.product_granules]);
  const classes = [...units].filter((unit) => unit > 2).map((unit) => lengthClass(length, unit));
  if (length === 1) classes.push("1");
  if (length === vlmax) classes.push("vlmax");
  if (length === vlmax - 1) classes.push("vlmax - 1");
  return classes;
}

/** Every class that a length can be in. */
function allLengthClasses(configuration: Configuration): string[] {
  const classes = new Set<string>();
  for (let length = 1; length <= configuration.vlmax; length++)
    for (const name of lengthClasses(length, configuration)) classes.add(name);
  return [...classes];
}

interface Use {
  readonly position: number;
  readonly unit: string;
}

interface Access extends Range {
  readonly position: number;
  readonly id: string;
  readonly writes: boolean;
}

/**
 * What programs exercised: instructions after each other, dependences between units, lengths, order in
 * memory, traps. It watches the emulator, so it costs no simulation.
 */
export class Coverage implements Observer {
  readonly #groups = new Map<string, Map<string, number>>();
  readonly #configuration: Configuration;
  #position = 0;
  #previous: string[] = [];
  #writer = new Map<string, Use>();
  #readers = new Map<string, Use[]>();
  #accesses: Access[] = [];
  /** The memory access of the instruction that runs; its base may be overwritten. */
  #range: Range | undefined;

  constructor(configuration: Configuration) {
    this.#configuration = configuration;
    const ids = ROWS.map(({ id }) => id);
    const goesOn = ROWS.filter((row) => roleOf(row) !== "end").map(({ id }) => id);
    const pairs = goesOn.flatMap((a) => ids.map((b) => `${a}, ${b}`));
    this.#define("instructions", ids);
    this.#define("pairs, adjacent", pairs);
    this.#define("pairs, one between", pairs);
    this.#define(
      "hazards",
      HAZARD_PAIRS.map(({ first, second, kind, file }) => hazardName(kind, file, first, second)),
    );
    const units = Object.keys(UNITS).filter((unit) => unit !== "control");
    this.#define(
      "lengths",
      units.flatMap((unit) => allLengthClasses(configuration).map((name) => `${unit}: ${name}`)),
    );
    const accesses = ROWS.filter((row) => roleOf(row) === "memory");
    this.#define(
      "memory order",
      accesses.flatMap((a) =>
        accesses.flatMap((b) => (isStore(a) || isStore(b) ? [`${a.id}, ${b.id}`] : [])),
      ),
    );
    this.#define(
      "traps",
      Object.keys(TRAPS).filter(
        // No program can cause it where every packing is there.
        (trap) =>
          trap !== "unsupported" ||
          ROWS.some(
            ({ unit, id }) =>
              unit === "tmatmul" && !configuration.packings.includes(id.split(".").at(-1)!),
          ),
      ),
    );
    this.#define("stops", ["halted", "trap", "input", "output"]);
  }

  #define(name: string, items: readonly string[]): void {
    this.#groups.set(name, new Map(items.map((item) => [item, 0])));
  }

  /** Count something; groups and items that are new are added. */
  count(group: string, item: string, times = 1): void {
    const counts = this.#groups.get(group) ?? new Map<string, number>();
    this.#groups.set(group, counts);
    counts.set(item, (counts.get(item) ?? 0) + times);
  }

  /** A new program begins: nothing before it is near. */
  begin(): void {
    this.#previous = [];
    this.#writer = new Map();
    this.#readers = new Map();
    this.#accesses = [];
  }

  stopped(stop: Stop): void {
    if (stop.reason === "trap") this.count("traps", stop.trap);
    if (stop.reason !== "steps") this.count("stops", stop.reason);
  }

  before(machine: Machine, instruction: Instruction): boolean {
    this.#range = memoryOperand(instruction.spec) && rangeOfAccess(machine, instruction);
    // Here, as an instruction that traps does not retire.
    const { id } = instruction.spec;
    this.count("instructions", id);
    const [last, beforeLast] = this.#previous;
    if (last !== undefined) this.count("pairs, adjacent", `${last}, ${id}`);
    if (beforeLast !== undefined) this.count("pairs, one between", `${beforeLast}, ${id}`);
    this.#previous = [id, ...(last === undefined ? [] : [last])];
    return false;
  }

  after(machine: Machine, instruction: Instruction): void {
    const { spec } = instruction;
    this.#position++;
    if (spec.unit !== "control")
      for (const name of lengthClasses(machine.vl, this.#configuration))
        this.count("lengths", `${spec.unit}: ${name}`);
    this.#registers(instruction);
    this.#memory(instruction);
  }

  #registers({ spec, fields }: Instruction): void {
    const use: Use = { position: this.#position, unit: spec.unit };
    const isNear = ({ position }: Use) => this.#position - position <= WINDOW;
    const named = (access: "r" | "w") =>
      (["v", "q", "x"] as const).flatMap((file) =>
        registerOperands(spec, file, access)
          .map(({ field }) => fields[field as FieldName] ?? 0)
          .filter((register) => file !== "x" || register !== 0)
          .map((register) => ({ file, key: `${file}${register}` })),
      );
    const hit = (kind: HazardKind, file: RegisterFile, first: string) => {
      const name = hazardName(kind, file, first, spec.unit);
      if (this.#groups.get("hazards")!.has(name)) this.count("hazards", name);
    };
    const reads = named("r");
    const writes = named("w");
    for (const { file, key } of reads) {
      const writer = this.#writer.get(key);
      if (writer && isNear(writer)) hit("RAW", file, writer.unit);
    }
    for (const { file, key } of writes) {
      const writer = this.#writer.get(key);
      if (writer && isNear(writer)) hit("WAW", file, writer.unit);
      for (const reader of this.#readers.get(key) ?? [])
        if (isNear(reader)) hit("WAR", file, reader.unit);
    }
    for (const { key } of reads)
      this.#readers.set(key, [...(this.#readers.get(key) ?? []).filter(isNear), use]);
    for (const { key } of writes) {
      this.#writer.set(key, use);
      this.#readers.delete(key);
    }
  }

  #memory({ spec }: Instruction): void {
    const range = this.#range;
    if (!range || roleOf(spec) !== "memory") return;
    const writes = isStore(spec);
    this.#accesses = this.#accesses.filter(({ position }) => this.#position - position <= WINDOW);
    for (const older of this.#accesses)
      if (
        (older.writes || writes) &&
        older.first < range.first + range.bytes &&
        range.first < older.first + older.bytes
      )
        this.count("memory order", `${older.id}, ${spec.id}`);
    this.#accesses.push({ ...range, position: this.#position, id: spec.id, writes });
  }

  groups(): CoverageGroup[] {
    return [...this.#groups].map(([name, counts]) => ({ name, counts }));
  }
}

function hazardName(kind: HazardKind, file: RegisterFile, first: string, second: string): string {
  return `${kind} ${file}: ${first}, ${second}`;
}

/** Every hazard kind, for tables. */
export const HAZARD_KINDS = Object.keys(HAZARDS) as readonly HazardKind[];
