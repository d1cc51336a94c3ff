import type { Image, SourceLocation } from "../image/image.js";
import { INSTRUCTION_BYTES } from "../isa/codec.js";
import type { Configuration } from "../isa/spec.js";
import { checkImage } from "../target/check-image.js";
import type { RunOptions, Stop, Target } from "../target/target.js";
import { trapStop } from "../target/trap-stop.js";
import {
  type AcceleratorDescription,
  describeAccelerator,
  hardwareConfiguration,
} from "./accelerator.js";
import { type ContentsStore, MemoryContentsStore } from "./card-contents.js";
import { CopyEngine } from "./copy-engine.js";
import { Core } from "./core.js";
import { readCounters } from "./counters.js";
import { HOST_LINE_BYTES } from "./generated.js";
import { ResetMark } from "./gone.js";
import type { FpgaHandle, FpgaResource } from "./library.js";
import { type LoadOptions, type LoadReport, loadMemory } from "./load-image.js";
import { Registers } from "./registers.js";
import { closeQuietly, holdUntilExit } from "./release.js";

/** Milliseconds of a run with `slice`, unless something comes out before. */
const SLICE_MS = 50;
/** Milliseconds that an answer may take. */
export const DEFAULT_TIMEOUT_MS = 10_000;

export interface BoardTargetOptions {
  /** Remembers what the card holds. Default: as long as the process lives. */
  readonly store?: ContentsStore;
  /** Read what was loaded back, and compare it. Default: false. */
  readonly verify?: boolean | undefined;
  /** Milliseconds without progress after which the card counts as hanging. */
  readonly timeoutMs?: number | undefined;
  /** Called with the bytes that were loaded, of how many. */
  readonly onLoad?: (bytes: number, total: number) => void;
  /** Called with what a user should know, such as missing hugepages. */
  readonly onWarning?: (message: string) => void;
}

/** A card with the accelerator: runs images there. Released at the process's end, whatever ends it. */
export class BoardTarget implements Target {
  readonly configuration: Configuration;
  readonly description: AcceleratorDescription;
  readonly #handle: FpgaHandle;
  readonly #registers: Registers;
  readonly #mark: ResetMark;
  readonly #engine: CopyEngine;
  readonly #core: Core;
  readonly #options: BoardTargetOptions;
  readonly #store: ContentsStore;
  readonly #released: () => void;
  #open = true;
  #lines: readonly (SourceLocation | undefined)[] = [];
  #state: "empty" | "loaded" | "started" = "empty";
  #ended: Stop | undefined;
  #load: LoadReport | undefined;
  #runMs = 0;

  private constructor(
    private readonly accelerator: FpgaResource,
    handle: FpgaHandle,
    description: AcceleratorDescription,
    options: BoardTargetOptions,
  ) {
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#handle = handle;
    this.description = description;
    this.configuration = hardwareConfiguration(description);
    this.#options = options;
    this.#store = options.store ?? new MemoryContentsStore();
    this.#registers = new Registers(handle);
    this.#mark = new ResetMark(this.#registers);
    this.#engine = new CopyEngine(handle, this.#registers, this.#mark, timeoutMs);
    this.#core = new Core(handle, this.#registers, this.#mark, timeoutMs);
    this.#mark.check("it was opened");
    this.#released = holdUntilExit(() => this.#release());
    if (this.#engine.warning !== undefined) options.onWarning?.(this.#engine.warning);
  }

  /**
   * Open an accelerator for this process alone.
   * @param accelerator released with the target
   * @throws UserError when it is in use, does not answer, or is none of Ternac
   */
  static async open(
    accelerator: FpgaResource,
    options: BoardTargetOptions = {},
  ): Promise<BoardTarget> {
    let handle: FpgaHandle | undefined;
    try {
      handle = accelerator.open();
      return new BoardTarget(accelerator, handle, describeAccelerator(handle), options);
    } catch (error) {
      if (handle) closeQuietly(handle);
      accelerator.release();
      throw error;
    }
  }

  async load(image: Image): Promise<void> {
    const code = checkImage(image, this.configuration);
    this.#state = "empty";
    this.#ended = undefined;
    this.#runMs = 0;
    await this.#core.reset();
    this.#load = await loadMemory(image, this.#engine, this.#loadOptions());
    this.#core.writeProgram(code.data, (image.entry - code.address) / INSTRUCTION_BYTES);
    this.#mark.check("a program was written to it");
    this.#lines = image.lines;
    this.#state = "loaded";
  }

  /** What loading an image would move; the card is not changed. */
  async planLoad(image: Image): Promise<LoadReport> {
    checkImage(image, this.configuration);
    return loadMemory(image, this.#engine, { ...this.#loadOptions(), verify: false, dryRun: true });
  }

  #loadOptions(): LoadOptions {
    const { verify, onLoad } = this.#options;
    return {
      store: this.#store,
      dramBytes: this.configuration.dram,
      ...(verify && { verify }),
      ...(onLoad && { onProgress: onLoad }),
    };
  }

  /** What the last load moved. */
  get loadReport(): LoadReport | undefined {
    return this.#load;
  }

  /** Seconds that programs ran, as the host sees it, since the last load. */
  get runSeconds(): number {
    return this.#runMs / 1000;
  }

  async pushInput(entries: readonly bigint[]): Promise<number> {
    return entries.length === 0 ? 0 : this.#core.push(entries);
  }

  async closeInput(): Promise<void> {
    this.#core.closeInput();
  }

  async takeOutput(): Promise<bigint[]> {
    return this.#core.take();
  }

  async run({ maxSteps, slice }: RunOptions = {}): Promise<Stop> {
    if (this.#state === "empty") throw new Error("no program is loaded");
    if (this.#ended) return this.#ended;
    const bounded = maxSteps !== undefined && maxSteps < Number.MAX_SAFE_INTEGER;
    if (bounded && maxSteps <= 0) return { reason: "steps" };
    const retired = await this.instructionsRetired();
    const limit = bounded ? retired + maxSteps : undefined;
    this.#core.pauseAt(limit === undefined ? undefined : BigInt(limit));
    // Not before: the host may have written to the program's memory after it was loaded.
    if (this.#state === "loaded") this.#core.start();
    this.#state = "started";
    const started = performance.now();
    const over = () => performance.now() - started > SLICE_MS;
    const status = await this.#core.wait(
      ({ outputCount }) => slice !== undefined && (outputCount > 0 || over()),
    );
    this.#runMs += performance.now() - started;
    if (status.state === "halted") this.#ended = { reason: "halted" };
    else if (status.state === "trapped") {
      const { value, pc } = this.#core.trap;
      this.#ended = trapStop(status.trapCause, value, pc, this.#lines);
    }
    if (this.#ended) return this.#ended;
    if (status.waitingInput) return { reason: "input" };
    if (status.waitingOutput) return { reason: "output" };
    return { reason: "steps" };
  }

  /** Where the instruction comes from that trapped. */
  get source(): SourceLocation | undefined {
    return this.#ended?.reason === "trap" ? this.#ended.source : undefined;
  }

  async readMemory(address: number, length: number): Promise<Uint8Array> {
    this.#checkRange(address, length);
    if (length === 0) return new Uint8Array();
    const { from, to } = lines(address, length);
    const bytes = await this.#engine.read(from, to - from);
    return bytes.slice(address - from, address - from + length);
  }

  async writeMemory(address: number, bytes: Uint8Array): Promise<void> {
    this.#checkRange(address, bytes.length);
    if (bytes.length === 0) return;
    const { from, to } = lines(address, bytes.length);
    const whole = from === address && to === address + bytes.length;
    // What shares a line with the bytes stays as it is.
    const target = whole ? bytes : await this.#engine.read(from, to - from);
    if (!whole) target.set(bytes, address - from);
    await this.#engine.write([{ address: from, bytes: target }]);
  }

  async instructionsRetired(): Promise<number> {
    return this.#state === "started" ? this.#counted(() => this.#core.retired) : 0;
  }

  /** What the hardware counted since the start. */
  counters() {
    return this.#counted(() => readCounters(this.#registers, this.configuration));
  }

  /** Clocks since the start in which the core had something to do. */
  async cycles(): Promise<number> {
    return this.#state === "started"
      ? this.#counted(() => this.#registers.readNumber("clocks"))
      : 0;
  }

  /** What a reset would have cleared. @throws GoneError */
  #counted<Count>(read: () => Count): Count {
    const count = read();
    this.#mark.check("its counters were read");
    return count;
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#released();
    this.#release();
  }

  /** The core stands, and nothing reaches into host memory, before the buffers are freed. */
  #release(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      this.#registers.writeFields("core_control", { reset: 1 });
      if (!this.#idle()) this.#handle.reset();
      this.#registers.write("copy_completion_address", 0n);
    } catch {
      // A card that is gone cannot be brought into order; what the host holds of it is freed.
    }
    closeQuietly(this.#handle);
    this.accelerator.release();
  }

  /** Whether the copy engine comes to an end soon. */
  #idle(): boolean {
    const limit = performance.now() + 1000;
    while (this.#engine.busy) if (performance.now() > limit) return false;
    return true;
  }

  #checkRange(address: number, length: number): void {
    const inside =
      Number.isInteger(address) &&
      address >= 0 &&
      length >= 0 &&
      address + length <= this.configuration.dram;
    if (!inside)
      throw new RangeError(`0x${address.toString(16)} with ${length} bytes is outside of DRAM`);
  }
}

/** The lines that bytes are in. */
function lines(address: number, length: number): { from: number; to: number } {
  const from = address - (address % HOST_LINE_BYTES);
  const end = address + length + HOST_LINE_BYTES - 1;
  return { from, to: end - (end % HOST_LINE_BYTES) };
}
