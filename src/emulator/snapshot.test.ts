import { expect, it } from "vitest";
import { fingerprint } from "../../test/emulator/fingerprint.js";
import { bytesOf, image, TINY, type Word } from "../../test/emulator/images.js";
import { Emulator } from "./index.js";

const PROGRAM: Word[] = [
  ["setvli", { imm: 4 }],
  ["ldv", { rd: 1 }],
  ["deq", { rd: 5 }],
  ["add.vx", { rd: 1, rs1: 1, rs2: 5 }],
  ["quant", { rd: 0, rs1: 1 }],
  ["sv", { rs2: 1 }],
  ["enq", { rs1: 5 }],
  ["jal", { imm: -40 }],
];

it("a run goes on from a snapshot as it did the first time", async () => {
  const emulator = new Emulator({ configuration: TINY });
  await emulator.load(image(PROGRAM, { 0: bytesOf(Int32Array.of(1, 2, 3, 4)) }));
  await emulator.pushInput([10n, 20n, 30n, 40n]);
  await emulator.run({ maxSteps: 13 });
  const snapshot = emulator.snapshot();
  const finish = async () => {
    const stop = await emulator.run();
    return { stop, state: fingerprint(emulator.snapshot()), output: await emulator.takeOutput() };
  };
  const first = await finish();
  expect(first.output).toEqual([10n, 20n, 30n, 40n]);
  await emulator.writeMemory(0, new Uint8Array(100).fill(1));
  await emulator.closeInput();
  await emulator.run();
  emulator.restore(snapshot);
  expect(await finish()).toEqual(first);
});
