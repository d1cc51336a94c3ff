import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, TINY } from "../../../test/emulator/images.js";
import { KernelPair, randomFrom, WASM_KERNELS } from "../../../test/emulator/kernel-pair.js";
import { EXTREMES } from "../../../test/numerics/arbitrary.js";
import type { Fields, InstructionId } from "../../isa/index.js";
import { type Packing, packedSize } from "../../ternary/packing.js";
import { Tuner, type Way } from "./tuner.js";

/** Every small length, where rests of steps differ, and some large ones. */
const LENGTHS = [
  ...Array.from({ length: 70 }, (_, i) => i + 1),
  ...[127, 255, 257, 511, 1023, 2047, 2048],
];

const ROWWISE: readonly [InstructionId, Fields][] = [
  ["add.vv", { rd: 1, rs1: 2, rs2: 3 }],
  ["sub.vv", { rd: 1, rs1: 2, rs2: 3 }],
  ["mul.vv", { rd: 1, rs1: 2, rs2: 3 }],
  ["div.vv", { rd: 1, rs1: 2, rs2: 3 }],
  ["div.vv", { rd: 1, rs1: 1, rs2: 1 }],
  ["mul.vv", { rd: 1, rs1: 1, rs2: 2 }],
  ["sub.vv", { rd: 1, rs1: 2, rs2: 1 }],
  ["add.vx", { rd: 1, rs1: 2, rs2: 3 }],
  ["sub.xv", { rd: 1, rs1: 3, rs2: 2 }],
  ["mul.vx", { rd: 1, rs1: 2, rs2: 3 }],
  ["splat", { rd: 1, rs1: 3 }],
  ["exp", { rd: 1, rs1: 2 }],
  ["exp", { rd: 1, rs1: 1 }],
  ["sig", { rd: 1, rs1: 2 }],
  ["silu", { rd: 1, rs1: 2 }],
  ["quant", { rd: 1, rs1: 2 }],
  ["norm", { rd: 1, rs1: 2, imm: 1 }],
  ["norm", { rd: 1, rs1: 1, imm: 1099512 }],
  ["argmax", { rd: 5, rs1: 6, rs2: 2, rs3: 7 }],
  ["argmax", { rd: 5, rs1: 6, rs2: 2, rs3: 5 }],
];

/** The rounds of a test with as many elements in all. */
const rounds = (length: number) => Math.ceil(150 / length);

describe.each(WASM_KERNELS)("kernel %s", (kernel) => {
  it.each(ROWWISE)("computes %s %o as it is defined, at every length", (id, fields) => {
    const pair = new KernelPair(kernel);
    const random = randomFrom(0x2545f491);
    for (const length of LENGTHS) {
      pair.both((m) => {
        m.vl = length;
      });
      for (let round = 0; round < rounds(length); round++) {
        pair.randomise(random, length);
        pair.execute([id, fields]);
        expect([length, pair.difference()]).toEqual([length, undefined]);
      }
    }
  });

  it.each(["add.vv", "sub.vv", "mul.vv", "div.vv"] as const)(
    "computes %s of every pair of extreme values",
    (id) => {
      const pair = new KernelPair(kernel);
      pair.both((m) => {
        m.vl = EXTREMES.length;
        m.v[2]!.set(EXTREMES);
      });
      for (const value of EXTREMES) {
        pair.both((m) => m.v[3]!.fill(value));
        pair.execute([id, { rd: 1, rs1: 2, rs2: 3 }]);
        expect([value, pair.difference()]).toEqual([value, undefined]);
      }
    },
  );

  it.each(["mul.vv", "mul.vx", "norm", "sig", "silu"] as const)(
    "computes %s of vectors of elements of about one size, in place and not",
    (id) => {
      const pair = new KernelPair(kernel);
      const random = randomFrom(77);
      for (let bits = 1; bits <= 32; bits++)
        for (const vl of [1, 4, 7, 8, 9, 16, 61]) {
          pair.both((m) => {
            m.vl = vl;
          });
          for (const [i, register] of pair.plain.v.slice(1, 4).entries()) {
            for (let k = 0; k < vl; k++) register[k] = ((random() - 0.5) * 2 ** bits) | 0;
            pair.wasm.v[i + 1]!.set(register);
          }
          pair.both((m) => m.setX(3, BigInt(m.v[3]![0]!)));
          for (const rd of [1, 2, 3]) {
            pair.execute([id, { rd, rs1: 2, rs2: 3 }]);
            expect([bits, vl, rd, pair.difference()]).toEqual([bits, vl, rd, undefined]);
          }
        }
    },
  );

  it("computes norm of the smallest and the largest vectors", () => {
    const pair = new KernelPair(kernel);
    for (const vl of [1, 2, 3, 2047, 2048])
      for (const value of EXTREMES)
        for (const imm of [0, 1, 2 ** 31 - 1]) {
          pair.both((m) => {
            m.vl = vl;
            m.v[2]!.fill(value);
          });
          pair.execute(["norm", { rd: 1, rs1: 2, imm }]);
          expect([vl, value, imm, pair.difference()]).toEqual([vl, value, imm, undefined]);
        }
  });

  it("computes norm with factors near 2^32, of elements whose products with them are near 2^63", () => {
    const pair = new KernelPair(kernel);
    for (let more = 0; more < 64; more++)
      for (const largest of [2 ** 31 - 1, -(2 ** 31)]) {
        pair.both((m) => {
          m.vl = 17;
          m.v[2]!.fill(0).set([2 ** 29 + more, largest]);
        });
        pair.execute(["norm", { rd: 1, rs1: 2, imm: 0 }]);
        expect([more, largest, pair.difference()]).toEqual([more, largest, undefined]);
      }
  });

  it("computes quant of every quotient that is a half, and of its neighbours", () => {
    const pair = new KernelPair(kernel);
    const ties = Array.from({ length: 256 }, (_, i) => 2 * i - 255);
    for (const unit of [1, 2, 3, 1000, 65537, 2 ** 22 + 1, 8454659, 8454660]) {
      // absmax 254 * unit: halves are at odd multiples of unit.
      const elements = ties.flatMap((tie) => [tie * unit - 1, tie * unit, tie * unit + 1]);
      const inRange = elements.filter((element) => Math.abs(element) <= 254 * unit);
      pair.both((m) => {
        m.v[2]!.set([254 * unit, ...inRange]);
        m.vl = 1 + inRange.length;
      });
      pair.execute(["quant", { rd: 1, rs1: 2 }]);
      expect([unit, pair.difference()]).toEqual([unit, undefined]);
    }
  });

  it("computes norm of sums of squares of every size", () => {
    const pair = new KernelPair(kernel);
    for (let bits = 0; bits < 32; bits++)
      for (const vl of [1, 2, 3, 5, 255, 256, 257, 1024, 2048]) {
        const random = randomFrom(bits * 4096 + vl);
        pair.both((m) => {
          m.vl = vl;
        });
        pair.plain.v[2]!.forEach((_, k, v) => {
          v[k] = (random() * 2 ** 32) >> bits;
        });
        pair.wasm.v[2]!.set(pair.plain.v[2]!);
        for (const imm of [0, 1, 1099512]) {
          pair.execute(["norm", { rd: 1, rs1: 2, imm }]);
          expect([bits, vl, imm, pair.difference()]).toEqual([bits, vl, imm, undefined]);
        }
      }
  });

  it.each(["ldv.b", "ldv.h"] as const)(
    "widens %s with every shift, across chunks of memory",
    (id) => {
      const pair = new KernelPair(kernel);
      const address = 2 ** 20 - 64;
      const random = randomFrom(99);
      const bytes = Uint8Array.from({ length: 4096 }, () => random() * 256);
      bytes.set([0, 128, 255, 127, 0, 0, 1, 0, 255, 255]);
      pair.both((m) => m.memory.write(address, bytes));
      for (const vl of LENGTHS)
        for (const rs3 of vl < 20 ? Array.from({ length: 32 }, (_, i) => i) : [0, 12, 31]) {
          pair.both((m) => {
            m.vl = vl;
            m.v[1]!.fill(7);
          });
          pair.execute([id, { rd: 1, rs1: 0, imm: address, rs3 }]);
          expect([vl, rs3, pair.difference()]).toEqual([vl, rs3, undefined]);
        }
    },
  );
});

/** A product of any bytes as weights and any int8 values. */
interface Product {
  readonly packing: Packing;
  readonly rows: number;
  readonly columns: number;
  readonly seed: number;
  /** The bits of the matrix's scale. */
  readonly scale: number;
  readonly absmax: number;
}

const product: fc.Arbitrary<Product> = fc.record({
  packing: fc.constantFrom("t4", "t5"),
  rows: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 90, max: 400 })),
  columns: fc.oneof(
    fc.integer({ min: 1, max: 70 }),
    fc.constantFrom(255, 256, 257, 511, 512, 720, 1023, 2047, 2048),
  ),
  seed: fc.integer(),
  scale: fc.oneof(
    fc.constantFrom(0x3f800000, 0, 0x80000000, 0x42fe0000, 0xbf800000, 0x7f7fffff, 0x00800000),
    fc.integer({ min: 0x38000000, max: 0x48000000 }),
    fc.integer({ min: 0, max: 0xffffffff }),
  ),
  absmax: fc.oneof(fc.constantFrom(10, 1 << 20, 0x7fffffff), fc.integer({ min: 10, max: 2 ** 24 })),
});

const ADDRESS = 2 ** 20 - 640;

function multiply(pair: KernelPair, { packing, rows, columns, seed, scale, absmax }: Product) {
  const random = randomFrom(seed);
  const weights = Uint8Array.from(
    { length: packedSize(rows, columns, packing) },
    () => random() * 256,
  );
  const kind = random();
  const values = Int8Array.from({ length: columns }, () =>
    kind < 0.2 ? -128 : kind < 0.4 ? 127 : random() * 256 - 128,
  );
  pair.both((m) => {
    m.vl = rows;
    m.memory.write(ADDRESS, weights);
    m.q[2]!.values.set(values);
    m.q[2]!.length = columns;
    m.q[2]!.absmax = absmax;
    m.setX(4, BigInt(scale));
  });
  pair.execute([`tmatmul.${packing}`, { rd: 1, rs1: 0, imm: ADDRESS, rs2: 4, rs3: 2 }]);
}

describe.each(WASM_KERNELS)("products of kernel %s", (kernel) => {
  it("are those of the plain kernel", () => {
    const pair = new KernelPair(kernel);
    fc.assert(
      fc.property(product, (p) => {
        multiply(pair, p);
        expect(pair.difference()).toBeUndefined();
      }),
      { numRuns: 250 },
    );
  });

  it.each(["t4", "t5"] as const)("are exact at every small size, %s", (packing) => {
    const pair = new KernelPair(kernel);
    for (let size = 1; size <= 70; size++)
      for (const [rows, columns] of [
        [size, 17],
        [13, size],
      ] as const) {
        multiply(pair, { packing, rows, columns, seed: size, scale: 0x42fe0000, absmax: 1 });
        expect([rows, columns, pair.difference()]).toEqual([rows, columns, undefined]);
      }
  });

  it("see what programs and hosts write into weights", () => {
    const pair = new KernelPair(kernel);
    const again = () => {
      pair.execute(["tmatmul.t5", { rd: 1, rs1: 0, imm: ADDRESS, rs3: 2 }]);
      expect(pair.difference()).toBeUndefined();
      return pair.wasm.v[1]!.slice(0, 40);
    };
    const p: Product = {
      packing: "t5",
      rows: 40,
      columns: 700,
      seed: 5,
      scale: 0,
      absmax: 2 ** 20,
    };
    multiply(pair, p);
    const results = [again()];
    const bytes = bytesOf(Int32Array.from({ length: 64 }, (_, i) => i * 0x01234567));
    const last = ADDRESS + packedSize(p.rows, p.columns, "t5") - 8;
    const before = [pair.plain.memory.snapshot(), pair.wasm.memory.snapshot()] as const;
    for (const write of [
      (m: KernelPair["wasm"]) => m.memory.write(ADDRESS + 3000, bytes),
      (m: KernelPair["wasm"]) => m.memory.storeWord(ADDRESS, 0x55555555),
      (m: KernelPair["wasm"]) => m.memory.storeDouble(last, 0x5555555555555555n),
      (m: KernelPair["wasm"]) => m.memory.store(m.v[3]!.fill(0x11111111), ADDRESS + 640, 16),
    ]) {
      pair.both(write);
      results.push(again());
    }
    pair.plain.memory.restore(before[0]);
    pair.wasm.memory.restore(before[1]);
    results.push(again());
    for (const [i, result] of results.slice(1).entries()) expect(result).not.toEqual(results[i]);
    expect(results.at(-1)).toEqual(results[0]);
  });
});

/** Leads of the caller in multiply-adds: none, what is usual, more than there are, and less than none. */
const LEADS = [0, 2 ** 17, 2 ** 30, -(2 ** 18), -(2 ** 30)];

/** A tuner that takes all ways in turn, with every lead. */
class EveryWay extends Tuner {
  readonly #ways: readonly Way[];
  #next = 0;

  constructor(threads: number) {
    super(threads);
    const counts = threads > 1 ? [1, threads] : [1];
    this.#ways = counts.flatMap((t) => [1, 2, 7, 8].map((s) => ({ streams: s, threads: t })));
  }

  override begin(): Way {
    return this.#ways[this.#next++ % this.#ways.length]!;
  }

  override get lead(): number {
    return LEADS[this.#next % LEADS.length]!;
  }

  override end(): void {}
}

describe.each(WASM_KERNELS)("products in every way of kernel %s", (kernel) => {
  it("are those of the plain kernel", () => {
    const pair = new KernelPair(kernel, 1, TINY, new EveryWay(1));
    fc.assert(
      fc.property(product, (p) => {
        multiply(pair, p);
        expect(pair.difference()).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});

describe.each(WASM_KERNELS)("threads of kernel %s", (kernel) => {
  it.each([2, 3, 7])("%i give the same elements as one, time after time", async (threads) => {
    const pair = new KernelPair(kernel, threads, TINY, new EveryWay(threads));
    try {
      for (let round = 0; round < 30; round++) {
        const rows = 1000 + 36 * round;
        const packing = round % 2 ? "t4" : "t5";
        multiply(pair, { packing, rows, columns: 512, seed: round, scale: 0x42fe0000, absmax: 1 });
        for (let again = 0; again < 20; again++) {
          pair.wasm.v[1]!.fill(0, 0, rows);
          pair.execute([`tmatmul.${packing}`, { rd: 1, rs1: 0, imm: ADDRESS, rs2: 4, rs3: 2 }]);
          expect(pair.difference()).toBeUndefined();
        }
        // Workers start in the background, and sleep between.
        if (round % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      }
    } finally {
      await pair.close();
    }
  });
});
