import { formatInstruction } from "../../disassembler/index.js";
import type { Image, SourceLocation } from "../../image/image.js";
import { INSTRUCTION_BYTES } from "../../isa/codec.js";
import { type Instruction, MEMORY } from "../../isa/index.js";
import type { Machine } from "../machine.js";
import type { Observer } from "../observer.js";
import { CodeSymbols } from "./code-symbols.js";
import { resultsOf } from "./results.js";

/** One executed instruction. */
export interface TraceEntry {
  /** Instructions retired, this one included. */
  readonly step: number;
  readonly pc: number;
  /** `label+0x10`; absent before the first label. */
  readonly symbol?: string;
  /** The instruction as the assembler reads it. */
  readonly text: string;
  readonly source?: SourceLocation;
  /** What it changed, such as `x5 = 3`. */
  readonly results: readonly string[];
}

const SYMBOL_WIDTH = 18;
const TEXT_WIDTH = 32;

/** Tells `emit` of every instruction that retires while the observer is attached. */
export function trace(image: Image, emit: (entry: TraceEntry) => void): Observer {
  const symbols = new CodeSymbols(image);
  const symbolAt = (address: number) => symbols.at(address);
  return {
    after(machine: Machine, instruction: Instruction) {
      const { pc, retired: step } = machine;
      const symbol = symbols.place(pc);
      const source = image.lines[(pc - MEMORY.instruction_base) / INSTRUCTION_BYTES];
      emit({
        step,
        pc,
        ...(symbol && { symbol }),
        text: formatInstruction(instruction, { address: pc, symbolAt }),
        ...(source && { source }),
        results: resultsOf(machine, instruction),
      });
    },
  };
}

/** A trace entry in columns: step, pc, symbol, instruction, results, source line. */
export function formatTraceEntry({ step, pc, symbol, text, source, results }: TraceEntry): string {
  const columns = [
    String(step).padStart(8),
    pc.toString(16),
    (symbol ?? "").padEnd(SYMBOL_WIDTH),
    text.padEnd(TEXT_WIDTH),
    results.join(", "),
  ];
  if (source) columns.push(` # ${source.file}:${source.line}`);
  return columns.join("  ").trimEnd();
}
