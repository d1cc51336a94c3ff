import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONFIGURATIONS } from "../../src/isa/generated.js";
import { EXTREMES, element } from "../numerics/arbitrary.js";
import { casesToTest } from "./configurations.js";
import { buildUnits, missingTools, type UnitInstruction, UnitsBench } from "./units-bench.js";
import { ROWWISE, UnitsReference, unitClocks } from "./units-reference.js";

const missing = missingTools();
if (missing.length > 0)
  console.warn(`the vector units are not tested: ${missing.join(", ")} not found`);

const MAX = 2 ** 31 - 1;
const MIN = -(2 ** 31);

/** Elements of every kind: random, of random magnitudes, extreme. */
function elements(length: number, seed: number): Int32Array<ArrayBuffer> {
  return Int32Array.from(fc.sample(element, { numRuns: length, seed }));
}

/** Random integers, the same in every run. */
function dice(seed: number) {
  let state = seed >>> 0;
  return (sides: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** The units and their reference side by side: what is compared is noted, then simulated at once. */
class Pair {
  readonly reference: UnitsReference;
  readonly #bench: UnitsBench;
  readonly #lanes: number;
  #trail: string[] = [];

  constructor(vlmax: number, lanes: number, values: number) {
    this.reference = new UnitsReference(vlmax);
    this.#bench = new UnitsBench(lanes, values);
    this.#lanes = lanes;
  }

  load(register: number, values: Int32Array): void {
    this.reference.v[register]!.set(values);
    this.#bench.load(register, values);
  }

  /** Run an instruction, or one in each unit at once, and compare clocks and argmax's outcome. */
  run(...instructions: UnitInstruction[]): void {
    const text = JSON.stringify(instructions, (_, value) =>
      typeof value === "bigint" ? `${value}` : value,
    );
    this.#trail.push(text);
    const clocks = ["rowwise", "rms"].map((unit) => {
      const mine = instructions.find(({ id }) => ROWWISE.includes(id) === (unit === "rowwise"));
      return mine ? unitClocks(mine, this.#lanes) : 0;
    });
    const argmax = instructions.map((one) => this.reference.execute(one)).find(Boolean);
    this.#bench.run(instructions, (run) => {
      expect(run.clocks, text).toEqual(clocks);
      expect(run.argmax?.update, text).toBe(argmax?.update);
      if (argmax?.update) expect(run.argmax, text).toEqual(argmax);
    });
  }

  /** Run an instruction and reset in one of its clocks. */
  abort(instruction: UnitInstruction, clock: number): void {
    this.#bench.run([instruction], () => {}, clock);
  }

  /** Compare the first elements of registers. */
  compare(length: number, registers: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7]): void {
    const trail = this.#trail.splice(0).join("\n");
    for (const register of registers) {
      const wanted = this.reference.v[register]!.slice(0, length);
      this.#bench.store(register, length, (found) => {
        const at = found.findIndex((value, i) => value !== wanted[i]);
        if (at >= 0)
          expect.fail(`v${register}[${at}] is ${found[at]}, not ${wanted[at]}, after\n${trail}`);
      });
    }
  }

  compareQ(register: number): void {
    const trail = this.#trail.splice(0).join("\n");
    const { absmax, values } = this.reference.q[register]!;
    this.#bench.storeQ(register, values.length, (foundAbsmax, found) => {
      expect(foundAbsmax, trail).toBe(absmax);
      const at = found.findIndex((value, i) => value !== values[i]);
      if (at >= 0)
        expect.fail(`q${register}[${at}] is ${found[at]}, not ${values[at]}, after\n${trail}`);
    });
  }

  simulate(executable: string): void {
    this.#bench.simulate(executable);
  }
}

describe.skipIf(missing.length > 0)("vector units", () => {
  describe.each(casesToTest([{ name: "tiny" }, { name: "d5005" }]))("of $name", ({ name }) => {
    const config = CONFIGURATIONS.findIndex((configuration) => configuration.name === name);
    const { vlmax, core } = CONFIGURATIONS[config]!;
    const { lanes } = core;
    const folder = mkdtempSync(join(tmpdir(), "ternac-units-"));
    let executable = "";
    const pair = () => new Pair(vlmax, lanes, core.product_granules * core.beat_bytes);

    beforeAll(() => {
      executable = buildUnits(config, folder);
    }, 600_000);
    afterAll(() => rmSync(folder, { recursive: true }));

    it("compute every pair of extreme operands", () => {
      const units = pair();
      const pairs = EXTREMES.flatMap((a) => EXTREMES.map((b) => [a, b] as const));
      for (let first = 0; first < pairs.length; first += vlmax) {
        const block = pairs.slice(first, first + vlmax);
        units.load(
          0,
          Int32Array.from(block, ([a]) => a),
        );
        units.load(
          1,
          Int32Array.from(block, ([, b]) => b),
        );
        for (const id of ["add.vv", "sub.vv", "mul.vv", "div.vv"]) {
          units.run({ id, vd: 2, vs1: 0, vs2: 1, vl: block.length });
          units.compare(block.length, [2]);
        }
      }
      units.simulate(executable);
    });

    it("compute functions and scalar operands at the extremes and at random", () => {
      const units = pair();
      units.load(0, Int32Array.from(EXTREMES));
      for (const [block, seed] of [undefined, 1, 2].entries()) {
        const vl = seed === undefined ? EXTREMES.length : vlmax;
        if (seed !== undefined) units.load(0, elements(vl, seed));
        for (const id of ["exp", "sig", "silu"]) {
          units.run({ id, vd: 1, vs1: 0, vl });
          units.compare(vl, [1]);
        }
        const scalars = [MIN, MAX, 0, 1, -1, 2 ** 20, ...elements(12, block + 7)];
        for (const scalar of scalars) {
          for (const id of ["add.vx", "sub.xv", "mul.vx", "splat"]) {
            units.run({ id, vd: 2, vs1: 0, vs2: 0, vl: Math.min(vl, 512), scalar: BigInt(scalar) });
            units.compare(Math.min(vl, 512), [2]);
          }
        }
      }
      units.simulate(executable);
    });

    it("keep elements at vl and above, at every length, in any registers", () => {
      const units = pair();
      const random = dice(3);
      for (let r = 0; r < 8; r++) units.load(r, elements(vlmax, 100 + r));
      const lengths = Array.from({ length: 3 * lanes + 1 }, (_, i) => i + 1);
      for (const vl of [...lengths, vlmax - 1, vlmax]) {
        // Results become saturated or zero after a while.
        for (let r = 0; r < 8; r++) if (random(2)) units.load(r, elements(4 * lanes, 8 * vl + r));
        for (const id of [...ROWWISE, "norm", "quant", "argmax"]) {
          const [vd, vs1, vs2, q] = [random(8), random(8), random(8), random(4)];
          const aliased = random(4) === 0 ? { vs1: vd } : random(4) === 0 ? { vs2: vs1 } : {};
          const scalar = BigInt(units.reference.v[vs1]![random(vl)]!);
          units.run({ id, vd, vs1, vs2, q, vl, scalar, base: BigInt(vl) << 20n, ...aliased });
          if (id === "quant") units.compareQ(q);
        }
        units.compare(Math.min(vlmax, vl + lanes));
      }
      units.compare(vlmax);
      units.simulate(executable);
    });

    it("normalise the smallest and the largest vectors", () => {
      const units = pair();
      const random = dice(5);
      const one = (vl: number, at: number, value: number) => {
        const vector = new Int32Array(vl);
        vector[at] = value;
        return vector;
      };
      const vectors: Int32Array<ArrayBuffer>[] = [];
      for (const vl of [1, 2, 3, lanes, lanes + 1, 1000, vlmax]) {
        for (const value of [0, 1, -1, MAX, MIN]) {
          vectors.push(one(vl, vl - 1, value), new Int32Array(vl).fill(value));
        }
        for (let bits = 0; bits < 32; bits += vl > 1000 ? 5 : 1)
          vectors.push(elements(vl, vl + bits).map((value) => value >> bits));
      }
      for (const vector of vectors) {
        units.load(0, vector);
        for (const eps of [0, 1, 1_099_512, 2 ** 32 - 1]) {
          if (vector.length > 1000 && random(3) > 0) continue;
          units.run({ id: "norm", vd: 1, vs1: 0, vl: vector.length, scalar: BigInt(eps) });
          units.compare(vector.length, [1]);
        }
      }
      // Sums of squares just around the powers of two, where j changes over.
      for (let value = 1; value < 2 ** 31; value = Math.ceil(value * 1.37)) {
        for (const vl of [1, 2, 5, 8]) {
          units.load(
            0,
            Int32Array.from({ length: vl }, (_, i) => (i % 2 ? -value : value - i)),
          );
          units.run({ id: "norm", vd: 1, vs1: 0, vl, scalar: BigInt(random(3)) });
          units.compare(vl, [1]);
        }
      }
      units.simulate(executable);
    });

    it("quantise to the last bit", () => {
      const units = pair();
      const vectors = [0, 9, 10, 11, 127, 128, 254, 2 ** 20, MAX - 1, MAX].flatMap((absmax) => {
        // Halves of a step, and their neighbours.
        const steps = Array.from({ length: 128 }, (_, k) =>
          Math.round(((2 * k + 1) * absmax) / 254),
        );
        const around = steps.flatMap((a) => [a - 1, a, a + 1]).filter((a) => a >= 0 && a <= absmax);
        return [Int32Array.from([absmax, ...around, ...around.map((a) => -a)])];
      });
      vectors.push(Int32Array.of(MIN), Int32Array.of(MIN, MAX, 1, -1), Int32Array.of(-1));
      for (let bits = 0; bits < 32; bits++)
        vectors.push(elements(3 * lanes + bits, bits).map((value) => value >> bits));
      vectors.push(Int32Array.from(elements(vlmax, 1)));
      for (const [index, vector] of vectors.entries()) {
        units.load(index % 8, vector);
        units.run({ id: "quant", q: index % 4, vs1: index % 8, vl: vector.length });
        units.compareQ(index % 4);
      }
      units.simulate(executable);
    });

    it("carry the lowest index of the largest element", () => {
      const units = pair();
      const random = dice(9);
      for (let round = 0; round < 300; round++) {
        const vl = round === 0 ? vlmax : 1 + random(4 * lanes);
        // Few different values, so that most are there more than once.
        const values = [MIN, MIN + 1, -1, 0, 1, MAX - 1, MAX].slice(0, 1 + random(7));
        units.load(
          3,
          Int32Array.from({ length: vl }, () => values[random(values.length)]!),
        );
        const scalars = [
          ...values.map(BigInt),
          -(2n ** 63n),
          2n ** 63n - 1n,
          2n ** 31n,
          -(2n ** 31n) - 1n,
        ];
        const scalar = scalars[random(scalars.length)]!;
        const base = BigInt(random(2 ** 20)) << BigInt(random(45));
        units.run({ id: "argmax", vs2: 3, vl, scalar, base });
      }
      units.simulate(executable);
    });

    it("work at the same time", () => {
      const units = pair();
      const random = dice(11);
      for (let r = 0; r < 8; r++) units.load(r, elements(6 * lanes, 200 + r));
      for (let round = 0; round < 60; round++) {
        const rowwise = ROWWISE[round % ROWWISE.length]!;
        const rms = ["norm", "quant", "argmax"][random(3)]!;
        units.run(
          { id: rowwise, vd: random(4), vs1: random(4), vs2: random(4), vl: 1 + random(6 * lanes) },
          {
            id: rms,
            vd: 4 + random(4),
            vs1: 4 + random(4),
            vs2: 4 + random(4),
            vl: 1 + random(6 * lanes),
          },
        );
        units.compare(6 * lanes);
        units.load(random(8), elements(6 * lanes, 300 + round));
      }
      units.simulate(executable);
    });

    it("have nothing left after a reset in any clock", () => {
      const units = pair();
      const random = dice(13);
      const vl = 2 * lanes + 1;
      const ids = [...ROWWISE, "norm", "quant", "argmax"];
      for (const id of ids) {
        const last = unitClocks({ id, vl }, lanes);
        for (let clock = 1; clock < last; clock += 1 + random(3)) {
          units.abort({ id, vd: 1, vs1: 0, vs2: 0, vl }, clock);
          for (let r = 0; r < 2; r++) units.load(r, elements(vl, clock + r));
          const next = ids[random(ids.length)]!;
          units.run({ id: next, vd: 1, vs1: 0, vs2: 0, vl: 1 + random(vl) });
          units.compare(vl, [0, 1]);
        }
      }
      units.simulate(executable);
    });
  });
});
