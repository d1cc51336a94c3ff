import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { INSTRUCTIONS } from "../../src/isa/index.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

function run(command: string, args: readonly string[], input?: Buffer) {
  return spawnSync(command, args, { cwd: root, input, maxBuffer: 1 << 30 });
}

/** What is missing to simulate SystemVerilog. */
export function missingTools(): string[] {
  return ["verilator", "g++", "make"].filter((tool) => run(tool, ["--version"]).status !== 0);
}

const SOURCES = ["-F", "rtl/ternac.f", "test/rtl/units_top.sv"];

/**
 * Build the bench of a configuration, by its number, in an empty folder; returns the executable.
 * @throws Error with Verilator's complaints
 */
export function buildUnits(config: number, folder: string): string {
  const build = run("verilator", [
    ...["--cc", "--exe", "--build", "-Wall", "--assert", "--Mdir", folder, "--top", "units_top"],
    ...["--x-assign", "unique", "--x-initial", "unique", "-O3", `-GConfig=${config}`],
    // In one piece: half of the time is parsing Verilator's headers, once for each piece.
    ...["-MAKEFLAGS", "VM_PARALLEL_BUILDS=0 OPT_FAST=-O1 OPT_GLOBAL=-O1", "--build-jobs", "2"],
    ...[...SOURCES, join(root, "test/rtl/units_bench.cpp")],
  ]);
  if (build.status !== 0) throw new Error(String(build.stderr));
  return join(folder, "Vunits_top");
}

/** An instruction of a vector unit with its operands as values, as issue hands it over. */
export interface UnitInstruction {
  readonly id: string;
  readonly vd?: number;
  readonly vs1?: number;
  readonly vs2?: number;
  readonly q?: number;
  readonly vl: number;
  readonly scalar?: bigint;
  readonly base?: bigint;
}

/** What the bench saw of a run. */
export interface UnitRun {
  /** from start to done, by unit: row-wise, rms; 0 if it had nothing to do, or was reset */
  readonly clocks: readonly [number, number];
  /** argmax's outcome; undefined if it was none */
  readonly argmax: { update: boolean; index: bigint; max: bigint } | undefined;
}

const COMMAND = { load: 1, run: 2, store: 3, storeQ: 4 };

/** Commands for units_bench.cpp, and the readers of its answers. */
export class UnitsBench {
  readonly #words: number[] = [];
  readonly #readers: ((answers: Answers) => void)[] = [];
  readonly #lanes: number;
  readonly #values: number;

  /**
   * @param lanes of the configuration
   * @param values int8 values of a word that the ternary unit reads
   */
  constructor(lanes: number, values: number) {
    this.#lanes = lanes;
    this.#values = values;
  }

  /** Write whole words of a vector register. */
  load(register: number, elements: Int32Array): void {
    const words = Math.ceil(elements.length / this.#lanes);
    this.#words.push(COMMAND.load, register, words, ...elements);
    for (let i = elements.length; i < words * this.#lanes; i++) this.#words.push(0);
  }

  /** Run an instruction, or one in each unit from the same clock on; `abort`: reset in that clock. */
  run(instructions: readonly UnitInstruction[], then: (run: UnitRun) => void, abort = 0): void {
    const units = [0, 1].map((unit) => instructions.find(({ id }) => unitOf(id) === unit));
    const mask = units.reduce((mask, instruction, unit) => mask | (instruction ? 1 << unit : 0), 0);
    this.#words.push(COMMAND.run, mask, abort);
    for (const instruction of units) {
      if (!instruction) continue;
      const { id, vd = 0, vs1 = 0, vs2 = 0, q = 0, vl, scalar = 0n, base = 0n } = instruction;
      this.#words.push(rowOf(id).opcode, vd, vs1, vs2, q, vl);
      for (const value of [scalar, base])
        this.#words.push(Number(value & 0xffffffffn), Number((value >> 32n) & 0xffffffffn));
    }
    this.#readers.push((answers) => {
      const clocks = [answers.word(), answers.word()] as const;
      const update = answers.word();
      const [index, max] = [answers.doubleWord(), answers.doubleWord()];
      then({ clocks, argmax: update ? { update: update === 2, index, max } : undefined });
    });
  }

  /** Read the first elements of a vector register. */
  store(register: number, length: number, then: (elements: Int32Array) => void): void {
    const words = Math.ceil(length / this.#lanes);
    this.#words.push(COMMAND.store, register, words);
    this.#readers.push((answers) => {
      then(answers.words(words * this.#lanes).subarray(0, length));
    });
  }

  /** Read the first values of an activation register. */
  storeQ(
    register: number,
    length: number,
    then: (absmax: number, values: Int8Array) => void,
  ): void {
    const words = Math.ceil(length / this.#values);
    this.#words.push(COMMAND.storeQ, register, words);
    this.#readers.push((answers) => {
      const absmax = answers.word();
      const values = answers.words((words * this.#values) / 4);
      then(absmax, new Int8Array(values.buffer).subarray(0, length));
    });
  }

  /** Simulate everything; the callbacks get the answers, in order. */
  simulate(executable: string): void {
    const input = Buffer.from(Uint32Array.from(this.#words, (word) => word >>> 0).buffer);
    const { status, stdout, stderr } = run(executable, [], input);
    if (status !== 0) throw new Error(`the simulation failed: ${stderr}${stdout.subarray(-2000)}`);
    const answers = new Answers(stdout);
    const sizes = [answers.word(), answers.word()];
    if (sizes[0] !== this.#lanes || sizes[1] !== this.#values)
      throw new Error(`built for ${sizes[0]} lanes and ${sizes[1]} values`);
    for (const reader of this.#readers) reader(answers);
  }
}

class Answers {
  readonly #bytes: Buffer;
  #offset = 0;
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  word(): number {
    this.#offset += 4;
    return this.#bytes.readUInt32LE(this.#offset - 4);
  }
  doubleWord(): bigint {
    this.#offset += 8;
    return this.#bytes.readBigUInt64LE(this.#offset - 8);
  }
  /** A copy of the next words. */
  words(count: number): Int32Array {
    const start = this.#bytes.byteOffset + this.#offset;
    this.#offset += 4 * count;
    return new Int32Array(this.#bytes.buffer.slice(start, start + 4 * count));
  }
}

function rowOf(id: string) {
  const row = INSTRUCTIONS.find((row) => row.id === id);
  if (!row) throw new Error(`no instruction ${id}`);
  return row;
}

function unitOf(id: string): number {
  return ["rowwise", "rms"].indexOf(rowOf(id).unit);
}
