/** Programs as front_tb.sv reads them, and what it prints for them, from the emulator. */
import type { Emulator } from "../../src/emulator/index.js";
import { TRAPS } from "../../src/isa/index.js";
import { BASE, code, image } from "../emulator/images.js";
import type { ScalarProgram } from "./scalar-program.js";

const DUMPED_WORDS = 512;
const unsigned = (value: bigint) => BigInt.asUintN(64, value);
const hex = (value: bigint | number) => value.toString(16);

/** A program as front_tb.sv reads it. */
export function benchInput({
  words,
  entry,
  inputs,
  closes,
  takes,
  steps,
  cut,
}: ScalarProgram): string {
  const view = new DataView(code(words).buffer);
  const texts = words.map((_, i) => hex(view.getBigUint64(8 * i, true)));
  const header = [words.length, entry, inputs.length, closes ? 1 : 0, takes ? 1 : 0, steps, cut];
  return [header.map(hex).join(" "), ...texts, ...inputs.map(hex), ""].join("\n");
}

/** What front_tb.sv prints for it, from the emulator. */
export async function expectedOutput(
  emulator: Emulator,
  program: ScalarProgram,
): Promise<string[]> {
  const { words, entry, inputs, closes, takes, steps } = program;
  const printed: string[] = [];
  await emulator.load(image(words, {}, { entry: BASE + 8 * entry }));
  const detach = emulator.attach({
    after(machine, { spec, fields }) {
      const inFront = spec.unit === "control" && spec.operands[0]?.field === "rd";
      const rd = inFront ? fields.rd! : 0;
      printed.push(`r ${(machine.pc - BASE) / 8} ${rd} ${hex(unsigned(machine.x[rd]!))}`);
    },
  });
  let pushed = 0;
  for (;;) {
    pushed += await emulator.pushInput(inputs.slice(pushed));
    if (closes && pushed === inputs.length) await emulator.closeInput();
    const { machine } = emulator;
    const stop = await emulator.run({ maxSteps: steps - machine.retired });
    if (stop.reason === "input" && pushed < inputs.length) continue;
    if (takes)
      for (const entry of await emulator.takeOutput()) printed.push(`out ${hex(unsigned(entry))}`);
    if (stop.reason === "output" && takes) continue;
    if (stop.reason === "trap") {
      const { code } = TRAPS[stop.trap as keyof typeof TRAPS];
      printed.push(`trap ${code} ${hex(unsigned(stop.value))}`);
    }
    printed.push(`end ${stop.reason} ${machine.retired} ${hex(machine.pc)}`);
    for (const x of machine.x) printed.push(`x ${hex(unsigned(x))}`);
    for (let i = 0; i < DUMPED_WORDS; i++)
      printed.push(`m ${hex(machine.memory.loadWord(4 * i) >>> 0)}`);
    break;
  }
  detach();
  return printed;
}
