/** Code that became functions does what its instructions do one by one. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Emulator } from "../../src/emulator/index.js";
import type { MachineSnapshot } from "../../src/emulator/snapshot.js";
import { generateProgram, programImage } from "../../src/fuzz/index.js";
import { CONFIGURATIONS } from "../../src/isa/index.js";
import { Host } from "../../src/lockstep/host.js";
import { BASE, image, TINY, type Word } from "./images.js";

const MOST_INSTRUCTIONS = 50_000;

/** What differs between two machines; DRAM as the bytes of its chunks. */
function state({ memory, ...rest }: MachineSnapshot) {
  const chunks = [...memory].sort(([a], [b]) => a - b);
  return { ...rest, memory: chunks.map(([index, { bytes }]) => [index, Buffer.from(bytes)]) };
}

/** An emulator whose blocks become functions at once, and one that has an observer, which needs every step. */
function pair(configuration = TINY) {
  const blocks = new Emulator({ configuration, threads: 1, compileAfter: 1 });
  const steps = new Emulator({ configuration, threads: 1 });
  steps.attach({});
  return { blocks, steps };
}

describe("blocks", () => {
  it.each(CONFIGURATIONS.map((configuration) => [configuration.name, configuration] as const))(
    "of random programs leave the same state at every stop, on %s",
    async (_, configuration) => {
      const { blocks, steps } = pair(configuration);
      const programs = configuration === TINY ? 25n : 5n;
      for (let seed = 1000n; seed < 1000n + programs; seed++) {
        const program = generateProgram(seed, configuration);
        const hosts = [new Host(program.host), new Host(program.host)] as const;
        for (const emulator of [blocks, steps]) await emulator.load(programImage(program));
        for (let isLast = false; !isLast; ) {
          const [a, b] = [await hosts[0].step(blocks), await hosts[1].step(steps)];
          expect([seed, a]).toEqual([seed, b]);
          expect(await blocks.instructionsRetired()).toBeLessThan(MOST_INSTRUCTIONS);
          isLast = a.isLast;
        }
        const [a, b] = [state(blocks.snapshot()), state(steps.snapshot())];
        expect(a.memory.length).toBe(b.memory.length);
        for (const [i, [index, bytes]] of a.memory.entries()) {
          expect(index).toBe(b.memory[i]![0]);
          expect((bytes as Buffer).equals(b.memory[i]![1] as Buffer)).toBe(true);
        }
        expect([seed, { ...a, memory: 0 }]).toEqual([seed, { ...b, memory: 0 }]);
      }
      await blocks.close();
      await steps.close();
    },
  );

  it("trap where the instruction is, with what retired before it", async () => {
    const { blocks, steps } = pair();
    const words: Word[] = [
      ["li", { rd: 1, imm48: 5 }],
      ["add", { rd: 2, rs1: 1, rs2: 1 }],
      ["setvl", { rs1: 2 }],
      ["ld", { rd: 3, rs1: 0, imm: 4 }],
      ["li", { rd: 4, imm48: 1 }],
      ["halt"],
    ];
    for (const emulator of [blocks, steps]) {
      await emulator.load(image(words));
      const pc = BASE + 3 * 8;
      const trap = "address_misaligned";
      expect(await emulator.run()).toMatchObject({ reason: "trap", trap, pc });
      expect(await emulator.instructionsRetired()).toBe(3);
      const { x, vl } = emulator.machine;
      expect([x[2], vl, x[4]]).toEqual([10n, 10, 0n]);
    }
  });

  it("stop after as many instructions as are asked for, also within a block", async () => {
    const { blocks } = pair();
    const additions = Array.from(
      { length: 10 },
      (_, imm): Word => ["addi", { rd: 1, rs1: 1, imm }],
    );
    await blocks.load(image([...additions, ["jal", { rd: 0, imm: -80 }]]));
    for (const [i, maxSteps] of [1, 3, 7, 11, 25, 2, 22].entries()) {
      const before = await blocks.instructionsRetired();
      expect([i, await blocks.run({ maxSteps })]).toEqual([i, { reason: "steps" }]);
      expect(await blocks.instructionsRetired()).toBe(before + maxSteps);
    }
    const { machine } = blocks;
    expect([machine.retired, machine.pc]).toEqual([71, BASE + (71 % 11) * 8]);
    // Six rounds of 0 + 1 + ... + 9, and 0 + 1 + 2 + 3 + 4.
    expect(machine.x[1]).toBe(6n * 45n + 10n);
  });

  it.each<{ jump: Word }>([
    { jump: ["beq", { rs1: 1, rs2: 1, imm: 800 }] },
    { jump: ["jal", { rd: 5, imm: -800 }] },
    { jump: ["jalr", { rd: 5, rs1: 1, imm: 8 }] },
  ])("trap where $jump.0 jumps out of the code, as single instructions do", async ({ jump }) => {
    const { blocks, steps } = pair();
    for (const emulator of [blocks, steps]) {
      await emulator.load(image([["li", { rd: 1, imm48: 64 }], jump]));
      const trap = "instruction_address";
      expect(await emulator.run()).toMatchObject({ reason: "trap", trap, pc: BASE + 8 });
      expect([emulator.machine.x[5], emulator.machine.retired]).toEqual([0n, 1]);
    }
  });

  it("are left out where the host forbids code from strings", () => {
    const program = fileURLToPath(new URL("no-code-from-strings.ts", import.meta.url));
    const flags = ["--disallow-code-generation-from-strings", "--import", "tsx"];
    const { stdout } = spawnSync(process.execPath, [...flags, program], { encoding: "utf8" });
    expect(stdout).toBe("true halted 2002\n");
  });
});
