import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { WASM_KERNELS } from "../../../test/emulator/kernel-pair.js";
import { kernelModule } from "./kernel-module.js";
import { Team } from "./team.js";
import { WasmUnit } from "./wasm-unit.js";

const ROWS = 1024;
const COLUMNS = 1024;
/** binary32 of 127 */
const SCALE = 0x42fe0000;

describe.each(WASM_KERNELS)("the team of kernel %s", (kernel) => {
  function setUp(threads: number) {
    const unit = new WasmUnit(kernelModule(kernel)!, COLUMNS);
    unit.reserve(unit.arena + (ROWS * COLUMNS) / 4);
    new Uint8Array(unit.memory.buffer, unit.arena).fill(0b10_01_00_10);
    unit.registers.q[0]!.values.fill(3);
    const multiply = (streams: number) => {
      const [q, v] = [unit.q[0]!, unit.v[0]!];
      unit.registers.v[0]!.fill(0);
      unit.kernel.product(
        unit.arena,
        unit.activations,
        q,
        COLUMNS,
        ROWS,
        v,
        1,
        SCALE,
        streams,
        threads,
        0,
      );
      return unit.registers.v[0]!.slice();
    };
    return { unit, team: new Team(unit, threads), multiply };
  }

  it("has workers that help when they are awake, and when they have slept", async () => {
    const { unit, team, multiply } = setUp(2);
    const expected = multiply(1);
    expect(unit.kernel.helped()).toBe(0);
    team.start();
    try {
      for (const round of [1, 2]) {
        const before = unit.kernel.helped();
        // A busy machine may take its time; a worker that never helps lets this test run into its limit.
        while (unit.kernel.helped() < before + 20) {
          for (let i = 0; i < 200; i++) expect(multiply(round === 1 ? 1 : 8)).toEqual(expected);
          await wait(1);
        }
        await wait(20); // they sleep
      }
    } finally {
      await team.close();
    }
  });

  it("computes everything itself without workers, and after they have ended", async () => {
    const { unit, team, multiply } = setUp(3);
    const expected = multiply(8);
    team.start();
    await team.close();
    const helped = unit.kernel.helped();
    for (let i = 0; i < 100; i++) expect(multiply(1)).toEqual(expected);
    expect(unit.kernel.helped()).toBe(helped);
  });
});
