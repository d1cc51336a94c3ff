import type { Image, SourceLocation } from "../image/image.js";
import { INSTRUCTION_BYTES } from "../isa/codec.js";
import { DEFAULT_CONFIGURATION } from "../isa/index.js";
import type { Configuration } from "../isa/spec.js";
import { checkImage } from "../target/check-image.js";
import type { RunOptions, Stop, Target } from "../target/target.js";
import { Blocks } from "./blocks/blocks.js";
import { type Block, endsBlock } from "./blocks/compile-block.js";
import { Accelerator } from "./kernels/accelerator.js";
import { chooseKernel } from "./kernels/choose.js";
import type { KernelName } from "./kernels/kernel-names.js";
import { PlainKernel } from "./kernels/plain.js";
import { Machine } from "./machine.js";
import type { Observer } from "./observer.js";
import type { Operation } from "./operation.js";
import { predecode } from "./program.js";
import { SEMANTICS } from "./semantics/index.js";
import { SKIPPED } from "./semantics/skipped.js";
import { type MachineSnapshot, restoreMachine, snapshotMachine } from "./snapshot.js";
import { Trap } from "./trap.js";

export interface EmulatorOptions {
  /** Default: d5005. */
  readonly configuration?: Configuration;
  /** What computes vector and matrix instructions. Default: the best that this host can run. */
  readonly kernel?: KernelName | undefined;
  /** Threads for large products, this one included. Default: as many as the host has for us. */
  readonly threads?: number | undefined;
  /** Entries after which straight-line code becomes a function. Default: 16; Infinity: never. */
  readonly compileAfter?: number | undefined;
  /** Vector instructions are checked, but compute nothing: enough to know what a program executes. */
  readonly skipVectors?: boolean | undefined;
}

/** An instruction-accurate, deterministic machine. */
export class Emulator implements Target {
  readonly configuration: Configuration;
  readonly kernel: KernelName;
  readonly #accelerator: Accelerator | undefined;
  readonly #skipVectors: boolean;
  readonly #observers = new Set<Observer>();
  #machine: Machine;
  #program: readonly Operation[] = [];
  readonly #compileAfter: number | undefined;
  #blocks = new Blocks({ operations: [], start: 0, vlmax: 1 });
  #lines: readonly (SourceLocation | undefined)[] = [];
  /** Set by halt and by a trap, until the next load. */
  #ended: Stop | undefined;
  /** Where the machine stopped after the observers had been asked: they are not asked again. */
  #askedAt: number | undefined;

  /** @throws UserError when the host cannot run the kernel that was asked for */
  constructor(options: EmulatorOptions = {}) {
    this.configuration = options.configuration ?? DEFAULT_CONFIGURATION;
    this.#skipVectors = options.skipVectors ?? false;
    this.#compileAfter = options.compileAfter;
    this.kernel = this.#skipVectors ? "plain" : chooseKernel(options.kernel);
    if (this.kernel !== "plain")
      this.#accelerator = new Accelerator(this.kernel, this.configuration, options.threads);
    this.#machine = this.#reset();
  }

  #reset(): Machine {
    const registers = this.#accelerator?.reset();
    return new Machine(this.configuration, new PlainKernel(), registers);
  }

  /** The architectural state, to be inspected; until the next load. */
  get machine(): Machine {
    return this.#machine;
  }

  async load(image: Image): Promise<void> {
    const code = checkImage(image, this.configuration);
    const machine = this.#reset();
    for (const { kind, address, data } of image.sections)
      if (kind === "data" && data) machine.memory.refer(address, data);
    machine.codeStart = code.address;
    machine.codeEnd = code.address + code.size;
    machine.pc = image.entry;
    this.#machine = machine;
    const instructions = this.#skipVectors
      ? { semantics: { ...SEMANTICS, ...SKIPPED } }
      : this.#accelerator?.instructions(machine.memory);
    const operations = predecode(code.data, this.configuration, instructions);
    this.#program = operations;
    const { vlmax } = this.configuration;
    this.#blocks = new Blocks({ operations, start: code.address, vlmax }, this.#compileAfter);
    this.#lines = image.lines;
    this.#ended = undefined;
    this.#askedAt = undefined;
  }

  async pushInput(entries: readonly bigint[]): Promise<number> {
    return this.#machine.input.push(entries);
  }

  async closeInput(): Promise<void> {
    this.#machine.input.closed = true;
  }

  async takeOutput(): Promise<bigint[]> {
    return this.#machine.output.takeAll();
  }

  async run({ maxSteps = Infinity, slice = Infinity }: RunOptions = {}): Promise<Stop> {
    return this.execute(Math.min(maxSteps, slice));
  }

  async readMemory(address: number, length: number): Promise<Uint8Array> {
    this.#checkRange(address, length);
    return this.#machine.memory.read(address, length);
  }

  async writeMemory(address: number, bytes: Uint8Array): Promise<void> {
    this.#checkRange(address, bytes.length);
    this.#machine.memory.write(address, bytes);
  }

  async instructionsRetired(): Promise<number> {
    return this.#machine.retired;
  }

  /** End the threads that helped. */
  async close(): Promise<void> {
    await this.#accelerator?.close();
  }

  /** Watch every instruction from now on. @returns a function that ends it */
  attach(observer: Observer): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  /** `run` without the promise. */
  execute(maxSteps = Number.POSITIVE_INFINITY): Stop {
    if (this.#ended) return this.#ended;
    try {
      return this.#observers.size > 0 ? this.#observed(maxSteps) : this.#unobserved(maxSteps);
    } catch (error) {
      if (!(error instanceof Trap)) throw error;
      return this.#end(this.#trapped(error));
    }
  }

  /** What the machine holds now; cheap, as memory is shared until it changes. */
  snapshot(): MachineSnapshot {
    return snapshotMachine(this.#machine, this.#ended);
  }

  /** Go back to a snapshot that was taken since the last load. */
  restore(snapshot: MachineSnapshot): void {
    restoreMachine(this.#machine, snapshot);
    this.#ended = snapshot.ended;
    this.#askedAt = undefined;
  }

  #index({ pc, codeStart }: Machine): number {
    return (pc - codeStart) / INSTRUCTION_BYTES;
  }

  #fetch(machine: Machine): Operation {
    const operation = this.#program[this.#index(machine)];
    if (!operation) throw new Trap("instruction_address", BigInt(machine.pc));
    return operation;
  }

  #unobserved(maxSteps: number): Stop {
    const machine = this.#machine;
    let entersBlock = machine.retired === 0;
    for (let left = maxSteps; left > 0; ) {
      const block = entersBlock ? this.#blocks.enter(this.#index(machine)) : undefined;
      if (block && block.length <= left) {
        this.#runBlock(machine, block);
        left -= block.length;
        continue;
      }
      const operation = this.#fetch(machine);
      machine.nextPc = machine.pc + INSTRUCTION_BYTES;
      const pause = operation.execute(machine, operation.operands);
      if (pause && pause !== "halted") return { reason: pause };
      machine.retired++;
      if (pause) return this.#end({ reason: pause });
      machine.pc = machine.nextPc;
      entersBlock = endsBlock(operation);
      left--;
    }
    return { reason: "steps" };
  }

  #runBlock(machine: Machine, block: Block): void {
    const first = machine.pc;
    try {
      block.run(machine);
    } catch (error) {
      machine.retired += (machine.pc - first) / INSTRUCTION_BYTES;
      throw error;
    }
    machine.retired += block.length;
  }

  #observed(maxSteps: number): Stop {
    const machine = this.#machine;
    const before = [...this.#observers].filter((observer) => observer.before);
    const after = [...this.#observers].filter((observer) => observer.after);
    for (let step = 0; step < maxSteps; step++) {
      const { execute, operands, instruction } = this.#fetch(machine);
      if (instruction && machine.pc !== this.#askedAt) {
        let stops = false;
        for (const observer of before) if (observer.before!(machine, instruction)) stops = true;
        if (stops) {
          this.#askedAt = machine.pc;
          return { reason: "break" };
        }
      }
      this.#askedAt = undefined;
      machine.nextPc = machine.pc + INSTRUCTION_BYTES;
      const pause = execute(machine, operands);
      if (pause && pause !== "halted") {
        this.#askedAt = machine.pc;
        return { reason: pause };
      }
      machine.retired++;
      for (const observer of after) observer.after!(machine, instruction!);
      if (pause) return this.#end({ reason: pause });
      machine.pc = machine.nextPc;
    }
    return { reason: "steps" };
  }

  /** Where the instruction at the program counter comes from, if the image says so. */
  get source(): SourceLocation | undefined {
    return this.#lines[this.#index(this.#machine)];
  }

  #trapped({ name, value }: Trap): Stop {
    const { pc } = this.#machine;
    const { source } = this;
    return { reason: "trap", trap: name, value, pc, ...(source && { source }) };
  }

  #end(stop: Stop): Stop {
    this.#ended = stop;
    return stop;
  }

  #checkRange(address: number, length: number): void {
    if (!Number.isInteger(address) || address < 0 || address + length > this.configuration.dram)
      throw new RangeError(`0x${address.toString(16)} with ${length} bytes is outside of DRAM`);
  }
}
