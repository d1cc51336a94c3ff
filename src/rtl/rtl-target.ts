import { UserError } from "../diagnostics/diagnostic.js";
import type { Image, SourceLocation } from "../image/image.js";
import { INSTRUCTION_BYTES } from "../isa/codec.js";
import { DEFAULT_CONFIGURATION } from "../isa/index.js";
import type { Configuration } from "../isa/spec.js";
import { checkImage } from "../target/check-image.js";
import type { RunOptions, Stop, Target } from "../target/target.js";
import { sourceAt, trapStop } from "../target/trap-stop.js";
import { type BuildOptions, buildSimulator } from "./build.js";
import { parseCounters, type RtlCounters } from "./counters.js";
import { DESTINATIONS, destinationOf } from "./destinations.js";
import type { DramMode } from "./dram-modes.js";
import { parseEvents, type RetirementEvent } from "./events.js";
import {
  configurePayload,
  PayloadWriter,
  parseIntegers,
  parseStatus,
  type SimulatorStatus,
  viewOf,
} from "./protocol.js";
import { SimulatorProcess } from "./simulator-process.js";
import { type SimulatorSources, simulatorSources } from "./sources.js";

export interface RtlTargetOptions {
  /** Default: d5005. */
  readonly configuration?: Configuration;
  /** The user's cache folder, where built simulators are kept. */
  readonly cacheFolder: string;
  /** Default: ddr4 (docs/dram-model.md). */
  readonly dram?: DramMode | undefined;
  /** Of the DRAM mode `random`. Default: 0. */
  readonly seed?: bigint | undefined;
  /** Able to write waves; it runs slower. Default: false. */
  readonly traced?: boolean | undefined;
  /** What should be quick (docs of `buildSimulator`). Default: run. */
  readonly hurry?: BuildOptions["hurry"];
  /**
   * Begin with random values in all registers and memories of the core, so that it fails if it relies on
   * what nothing has set. Default: false.
   */
  readonly randomInitial?: boolean | undefined;
  /**
   * `exact`: the program sees queues of the configuration's size, filled and emptied when the host says
   * so. `buffered` (default): the host side keeps entries and moves them without delay, so that the
   * program's clocks do not depend on when the host looks.
   */
  readonly queues?: "exact" | "buffered";
  readonly sources?: SimulatorSources;
  /** Clocks without the retirement of an instruction after which the core counts as hanging. Default: any. */
  readonly hangClocks?: number | undefined;
  /** A simulator of the configuration that is there already. */
  readonly program?: string;
  /** Called with files compiled, of how many, while the simulator is built. */
  readonly onBuild?: BuildOptions["onProgress"];
  /** Called with the clocks that were simulated, a few times a second. */
  readonly onProgress?: (clocks: number) => void;
}

/** Host time that one request should take: events of the host are served in between. */
const SLICE_MS = 100;
const FIRST_SLICE = 1000;
const NEVER = 2n ** 64n - 1n;
/** Most bytes of DRAM in one request. */
const BLOCK = 2 ** 23;

function builtProgram(
  configuration: Configuration,
  sources: SimulatorSources,
  { cacheFolder, traced, hurry, onBuild }: RtlTargetOptions,
): Promise<string> {
  return buildSimulator({
    configuration,
    cacheFolder,
    sources,
    ...(traced && { traced }),
    ...(hurry && { hurry }),
    ...(onBuild && { onProgress: onBuild }),
  });
}

/** The core in SystemVerilog, simulated clock by clock with its DRAM. */
export class RtlTarget implements Target {
  readonly configuration: Configuration;
  readonly #process: SimulatorProcess;
  readonly #options: RtlTargetOptions;
  readonly #sources: SimulatorSources;
  #lines: readonly (SourceLocation | undefined)[] = [];
  #status: SimulatorStatus | undefined;
  #ended: Stop | undefined;
  #slice = FIRST_SLICE;
  #listener: ((events: RetirementEvent[]) => void) | undefined;
  #hostMs = 0;

  private constructor(
    configuration: Configuration,
    process: SimulatorProcess,
    sources: SimulatorSources,
    options: RtlTargetOptions,
  ) {
    this.configuration = configuration;
    this.#process = process;
    this.#sources = sources;
    this.#options = options;
  }

  /**
   * Start a simulator, and build it before if there is none.
   * @throws UserError when a tool for that is missing or fails
   */
  static async open(options: RtlTargetOptions): Promise<RtlTarget> {
    const configuration = options.configuration ?? DEFAULT_CONFIGURATION;
    const sources = options.sources ?? simulatorSources();
    const program = options.program ?? (await builtProgram(configuration, sources, options));
    const process = new SimulatorProcess(program);
    const { dram = "ddr4", seed = 0n, queues, randomInitial = false } = options;
    const exactQueues = queues === "exact";
    await process.request(
      "configure",
      configurePayload({ configuration, exactQueues, randomInitial, dram, seed }),
    );
    return new RtlTarget(configuration, process, sources, options);
  }

  async load(image: Image): Promise<void> {
    const code = checkImage(image, this.configuration);
    await this.reset();
    await this.#process.request("clearMemory");
    for (const { kind, address, data } of image.sections)
      if (kind === "data" && data) await this.#writeBlocks(address, data);
    const view = viewOf(code.data);
    const count = code.data.length / INSTRUCTION_BYTES;
    const words = Array.from({ length: count }, (_, i) =>
      view.getBigUint64(i * INSTRUCTION_BYTES, true),
    );
    const destinations = words.map(destinationOf);
    await this.#process.request(
      "program",
      new PayloadWriter()
        .u32(count)
        .bytes(code.data)
        .bytes(
          Uint8Array.from(
            destinations.flatMap(({ kind, which }) => [DESTINATIONS.indexOf(kind), which]),
          ),
        ),
    );
    const entry = (image.entry - code.address) / INSTRUCTION_BYTES;
    await this.#process.request("start", new PayloadWriter().u32(entry).u32(count));
    this.#lines = image.lines;
    this.#status = await this.#askStatus();
  }

  /**
   * Reset the core, whatever it is doing; DRAM keeps its contents. Nothing runs until the next `load`.
   */
  async reset(): Promise<void> {
    await this.#process.request("reset");
    this.#ended = undefined;
    this.#status = undefined;
    this.#hostMs = 0;
  }

  async pushInput(entries: readonly bigint[]): Promise<number> {
    if (entries.length === 0) return 0;
    const payload = new PayloadWriter();
    for (const entry of entries) payload.u64(entry);
    return viewOf(await this.#process.request("pushInput", payload)).getUint32(0, true);
  }

  async closeInput(): Promise<void> {
    await this.#process.request("closeInput");
  }

  async takeOutput(): Promise<bigint[]> {
    const entries = parseIntegers(await this.#process.request("takeOutput"));
    return entries.map((entry) => BigInt.asIntN(64, entry));
  }

  /**
   * Run until something stops the core. With `maxSteps` the core is drained and held before the
   * instruction after them, which costs clocks; with `slice` nothing is held.
   */
  async run({ maxSteps, slice }: RunOptions = {}): Promise<Stop> {
    if (this.#ended) return this.#ended;
    const start = this.#loaded().instret;
    const bounded = maxSteps !== undefined && maxSteps < Number.MAX_SAFE_INTEGER;
    if (bounded && maxSteps <= 0) return { reason: "steps" };
    const pauseAt = bounded ? start + BigInt(maxSteps) : NEVER;
    let { instret: progress, clocks: since } = this.#loaded();
    for (;;) {
      const { reason, instret, clocks } = await this.#runClocks(this.#slice, pauseAt);
      if (instret !== progress) [progress, since] = [instret, clocks];
      if (clocks - since > (this.#options.hangClocks ?? Number.POSITIVE_INFINITY))
        throw new Error(`the core hangs: no instruction retired in ${clocks - since} clocks`);
      if (reason === "events") continue;
      if (reason !== "clocks") return this.#stop();
      this.#options.onProgress?.(Number(this.#loaded().clocks));
      if (slice !== undefined) return { reason: "steps" };
    }
  }

  /** Run for a number of clocks, or until something stops the core before: undefined if nothing did. */
  async runClocks(count: number): Promise<Stop | undefined> {
    if (this.#ended) return this.#ended;
    for (let left = count; left > 0; ) {
      const before = this.#loaded().clocks;
      const { reason, clocks } = await this.#runClocks(Math.min(left, this.#slice), NEVER);
      left -= Number(clocks - before);
      if (reason !== "clocks" && reason !== "events") return this.#stop();
    }
    return undefined;
  }

  async #runClocks(count: number, pauseAt: bigint): Promise<SimulatorStatus> {
    const started = performance.now();
    const payload = new PayloadWriter().u64(count).u64(pauseAt);
    const status = parseStatus(await this.#process.request("run", payload));
    const took = performance.now() - started;
    this.#hostMs += took;
    if (status.reason === "clocks" && count === this.#slice)
      this.#slice = Math.max(FIRST_SLICE, Math.ceil(count * Math.min(4, SLICE_MS / took)));
    this.#status = status;
    if (this.#listener) await this.#takeEvents(this.#listener);
    return status;
  }

  #stop(): Stop {
    const { reason, trapCause, trapPc, trapValue } = this.#loaded();
    if (reason === "paused") return { reason: "steps" };
    if (reason === "input" || reason === "output") return { reason };
    if (reason === "halted") {
      this.#ended = { reason };
      return this.#ended;
    }
    this.#ended = trapStop(trapCause, trapValue, Number(trapPc), this.#lines);
    return this.#ended;
  }

  /** Where the instruction at the program counter comes from, if the image says so. */
  get source(): SourceLocation | undefined {
    return sourceAt(this.#lines, Number(this.#status?.trapPc ?? 0n));
  }

  async readMemory(address: number, length: number): Promise<Uint8Array> {
    this.#checkRange(address, length);
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += BLOCK) {
      const count = Math.min(BLOCK, length - at);
      const payload = new PayloadWriter().u64(address + at).u32(count);
      bytes.set(await this.#process.request("readMemory", payload), at);
    }
    return bytes;
  }

  async writeMemory(address: number, bytes: Uint8Array): Promise<void> {
    this.#checkRange(address, bytes.length);
    await this.#writeBlocks(address, bytes);
  }

  async #writeBlocks(address: number, bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += BLOCK) {
      const block = bytes.subarray(at, at + BLOCK);
      await this.#process.request(
        "writeMemory",
        new PayloadWriter().u64(address + at).bytes(block),
      );
    }
  }

  async instructionsRetired(): Promise<number> {
    return Number(this.#status?.instret ?? 0n);
  }

  /** Clocks since the start in which the core had something to do: not those in which the host was waited for. */
  async cycles(): Promise<number> {
    return Number(this.#status?.clocks ?? 0n);
  }

  /** Seconds of the host that were spent on simulating since the last load. */
  get hostSeconds(): number {
    return this.#hostMs / 1000;
  }

  async counters(): Promise<RtlCounters> {
    const bytes = await this.#process.request("counters");
    return parseCounters(bytes, this.configuration, this.#sources);
  }

  /**
   * Hear of every retirement from now on: `listener` is called while `run` is under way, with events in the
   * order in which they happened. Without a listener there are none, and they cost nothing.
   */
  async setEventListener(
    listener: ((events: RetirementEvent[]) => void) | undefined,
  ): Promise<void> {
    this.#listener = listener;
    await this.#process.request("setEvents", new PayloadWriter().u8(listener ? 1 : 0));
  }

  /**
   * From now on, keep what an instruction leaves at its destination (a vector register, values of an
   * activation register, bytes of DRAM). Needs an event listener.
   * @param sequence its position in program order; undefined: of none
   */
  async capture(sequence: number | undefined): Promise<void> {
    const payload = new PayloadWriter().u64(BigInt.asUintN(64, BigInt(sequence ?? -1)));
    await this.#process.request("setCapture", payload);
  }

  /** What was kept, as bytes; undefined when the instruction has not ended. */
  async captured(): Promise<Uint8Array | undefined> {
    const bytes = await this.#process.request("captured");
    return bytes.length > 0 ? bytes : undefined;
  }

  /** Addresses of the DRAM's pages of 256 KiB that were written since they were cleared. */
  async writtenPages(): Promise<number[]> {
    return parseIntegers(await this.#process.request("pages")).map(Number);
  }

  async #takeEvents(listener: (events: RetirementEvent[]) => void): Promise<void> {
    const events = parseEvents(await this.#process.request("takeEvents"));
    if (events.length > 0) listener(events);
  }

  /**
   * Write the waves of clocks `from` to `to` - 1 after the start to an FST file; it is complete when the
   * target is closed, or another file is set. @throws UserError when the target is not traced, or the
   * file cannot be written
   */
  async setWave(file: string, from = 0, to = Number.MAX_SAFE_INTEGER): Promise<void> {
    if (!this.#options.traced) throw new UserError("this simulator cannot write waves");
    const payload = new PayloadWriter().u64(from).u64(to).bytes(new TextEncoder().encode(file));
    await this.#process.request("setWave", payload);
  }

  async close(): Promise<void> {
    if (this.#options.traced)
      await this.#process.request("setWave", new PayloadWriter().u64(0).u64(0));
    this.#process.close();
  }

  async #askStatus(): Promise<SimulatorStatus> {
    return parseStatus(await this.#process.request("status"));
  }

  #loaded(): SimulatorStatus {
    if (!this.#status) throw new Error("no program is loaded");
    return this.#status;
  }

  #checkRange(address: number, length: number): void {
    if (!Number.isInteger(address) || address < 0 || address + length > this.configuration.dram)
      throw new RangeError(`0x${address.toString(16)} with ${length} bytes is outside of DRAM`);
  }
}
