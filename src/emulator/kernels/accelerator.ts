import { availableParallelism } from "node:os";
import type { Configuration } from "../../isa/spec.js";
import type { Memory } from "../memory.js";
import type { InstructionSet } from "../operation.js";
import { clearRegisters, type Registers } from "../registers.js";
import { DecodedWeights } from "./decoded-weights.js";
import { kernelModule } from "./kernel-module.js";
import type { KernelName } from "./kernel-names.js";
import { LoadedVectors } from "./loaded-vectors.js";
import { MAX_THREADS, Team } from "./team.js";
import { Tuner } from "./tuner.js";
import { wasmInstructions } from "./wasm-instructions.js";
import { WasmUnit } from "./wasm-unit.js";

/** WebAssembly for the machines of one emulator, one after the other. */
export class Accelerator {
  readonly #unit: WasmUnit;
  readonly #team: Team;
  readonly #tuner: Tuner;

  /**
   * @param kernel one that the host can run
   * @param threads default: as many as the host has for us
   * @param tuner default: one that measures
   */
  constructor(
    kernel: Exclude<KernelName, "plain">,
    { vlmax }: Configuration,
    threads = availableParallelism(),
    tuner?: Tuner,
  ) {
    this.#unit = new WasmUnit(kernelModule(kernel)!, vlmax);
    this.#team = new Team(this.#unit, Math.max(1, Math.min(threads, MAX_THREADS)));
    this.#tuner = tuner ?? new Tuner(this.#team.threads);
  }

  /** Registers for the next machine: zero. Those of the one before are the same. */
  reset(): Registers {
    clearRegisters(this.#unit.registers);
    return this.#unit.registers;
  }

  /** What instructions do to a machine that has the registers and this memory. */
  instructions(memory: Memory): InstructionSet {
    const vectors = new LoadedVectors(this.#unit, memory);
    const weights = new DecodedWeights(this.#unit, memory, vectors);
    const products = { weights, team: this.#team, tuner: this.#tuner };
    return wasmInstructions(this.#unit, products, vectors);
  }

  /** End the threads. */
  close(): Promise<void> {
    return this.#team.close();
  }
}
