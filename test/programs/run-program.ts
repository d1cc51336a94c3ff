/** Run an example as the first command of its header says. */
import { readdirSync, readFileSync } from "node:fs";
import { assemble } from "../../src/assembler/index.js";
import { Emulator } from "../../src/emulator/index.js";
import type { Image } from "../../src/image/image.js";
import type { Configuration } from "../../src/isa/spec.js";
import { decodeSymbol, symbolSize } from "../../src/session/symbol-tensor.js";

export const FOLDER = "programs";

export const PROGRAMS = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".tasm"))
  .map((name) => name.slice(0, -".tasm".length));

export interface Command {
  readonly symbols: readonly string[];
  readonly input: readonly bigint[];
}

function sourceOf(program: string): { path: string; text: string } {
  const path = `${FOLDER}/${program}.tasm`;
  return { path, text: readFileSync(path, "utf8") };
}

export function commandOf(program: string): Command {
  const { path, text } = sourceOf(program);
  const line = text.split("\n").find((row) => row.startsWith(`#   ternac run ${path}`));
  if (!line) throw new Error(`${path} has no command in its header`);
  return {
    symbols: [...line.matchAll(/--get (\S+)/g)].map(([, name]) => name!),
    input: (/--input (\S+)/.exec(line)?.[1]?.split(",") ?? []).map(BigInt),
  };
}

export function assembled(program: string, configuration: Configuration): Image {
  const { path, text } = sourceOf(program);
  const { image, diagnostics } = assemble(path, text, {
    configuration,
    readFile(name) {
      try {
        return readFileSync(name);
      } catch {
        return undefined;
      }
    },
  });
  if (diagnostics.length > 0 || !image) throw new Error(JSON.stringify(diagnostics, null, 2));
  return image;
}

/** A program in an emulator, and its symbols' values as real numbers or integers. */
export class Run {
  private constructor(
    readonly image: Image,
    readonly emulator: Emulator,
  ) {}

  static async load(program: string, configuration: Configuration): Promise<Run> {
    const image = assembled(program, configuration);
    const emulator = new Emulator({ configuration });
    await emulator.load(image);
    return new Run(image, emulator);
  }

  async values(name: string): Promise<number[]> {
    const symbol = this.image.symbols.find((candidate) => candidate.name === name)!;
    const bytes = await this.emulator.readMemory(symbol.address, symbolSize(symbol));
    return Array.from(decodeSymbol(symbol, bytes).data, Number);
  }
}

const PER_LINE = 8;

/** What the command leaves behind, as the expected-output files hold it. */
export async function transcript(program: string, configuration: Configuration): Promise<string> {
  const { symbols, input } = commandOf(program);
  const run = await Run.load(program, configuration);
  await run.emulator.pushInput(input);
  const { reason } = await run.emulator.run();
  const lines = [`${reason} after ${run.emulator.machine.retired} instructions`];
  const output = await run.emulator.takeOutput();
  if (output.length > 0) lines.push(`output ${output.join(" ")}`);
  for (const name of symbols) {
    const values = await run.values(name);
    lines.push(`${name} ${values.length}`);
    for (let i = 0; i < values.length; i += PER_LINE)
      lines.push(values.slice(i, i + PER_LINE).join(" "));
  }
  return `${lines.join("\n")}\n`;
}
