/**
 * A card in TypeScript: the registers of docs/card/csr.md in front of the emulator. It stands for libopae-c in
 * tests of the driver, so that those need no simulator, and can break wherever a test wants it to.
 */
import { crc32 } from "node:zlib";
import { fpgaError } from "../../src/board/fpga-result.js";
import {
  ACCELERATOR_UUID,
  CODES,
  COMPLETION,
  FEATURE_HEADER,
  HOST_QUEUE,
  MAP_VERSION,
  REGISTERS,
  WINDOWS,
} from "../../src/board/generated.js";
import type {
  FpgaHandle,
  FpgaLibrary,
  FpgaResource,
  HostBuffer,
  ResourceKind,
} from "../../src/board/library.js";
import { fieldsOf } from "../../src/board/registers.js";
import { Emulator } from "../../src/emulator/index.js";
import { parseUuid, readGbs } from "../../src/gbs/index.js";
import type { Image } from "../../src/image/image.js";
import { ISA, MEMORY, PACKINGS, TRAPS } from "../../src/isa/index.js";
import type { Configuration } from "../../src/isa/spec.js";

type Register = keyof typeof REGISTERS;

const BY_OFFSET = new Map<number, Register>(
  Object.entries(REGISTERS).flatMap(([name, register]) =>
    Array.from({ length: "count" in register ? register.count : 1 }, (_, i) => [
      register.offset + 8 * i,
      name as Register,
    ]),
  ),
);
const ALL_ONES = 2n ** 64n - 1n;
/** Instructions between two looks at the status. */
const SLICE = 500;

/** What a test can break. */
export interface Faults {
  /** Every call fails with this fpga_result. */
  dead?: number;
  /** The card fell off the bus: registers read as all ones. */
  gone?: boolean;
  /** One bit of the next copy to the card flips. */
  corruptNext?: boolean;
  /** Copies never end. */
  stalled?: boolean;
  /** The next copy ends with this status. */
  copyStatus?: keyof typeof CODES.copy_status;
  /** Another process has the accelerator open. */
  busy?: boolean;
  noHugepages?: boolean;
  noMemory?: boolean;
  /** The accelerator is reset when so many statuses were read. */
  resetAfter?: number;
  /** The core stands still. */
  frozen?: boolean;
  /** Reconfiguration fails with this fpga_result. */
  reconfiguration?: number;
  /** A bitstream leaves another accelerator than it says. */
  wrongAccelerator?: boolean;
}

export const SHELL_UUID = "9346116d-a52d-5ca8-b06a-a9a389ef7c8d";

/** A card with its accelerator; `library` is how the driver reaches it. */
export class FakeCard {
  readonly faults: Faults = {};
  /** Copies that the card did. */
  readonly copies: { toHost: boolean; address: number; length: number }[] = [];
  readonly openBuffers = new Set<HostBuffer>();
  openHandles = 0;
  resets = 0;
  uuid: string = ACCELERATOR_UUID;
  shell = SHELL_UUID;
  /** Registers that tests change by hand. */
  readonly overrides: Partial<Record<Register, bigint>> = {};

  readonly #emulator: Emulator;
  readonly #program = new Map<number, bigint>();
  readonly #values = new Map<Register, bigint>();
  #state: keyof typeof CODES.core_state = "ready";
  #pause: "input" | "output" | "steps" | undefined;
  #trap = { cause: 0, pc: 0, value: 0n };
  #input: bigint[] = [];
  #output: bigint[] = [];
  #closed = false;
  #completed = 0;
  #statuses = 0;
  #nextIo = 0x10000000n;

  constructor(readonly configuration: Configuration) {
    this.#emulator = new Emulator({ configuration, kernel: "plain" });
    this.#resetRegisters();
  }

  get library(): FpgaLibrary {
    return { name: "fake", enumerate: (kind) => [this.#resource(kind)] };
  }

  /** The card's DRAM. */
  get memory() {
    return this.#emulator.machine.memory;
  }

  #resource(kind: ResourceKind): FpgaResource {
    return {
      kind,
      address: { segment: 0, bus: 0x3b, device: 0, function: 0 },
      vendorId: 0x8086,
      deviceId: 0x0b2b,
      uuid: kind === "device" ? this.shell : this.uuid,
      busy: kind === "accelerator" ? this.faults.busy === true : undefined,
      open: () => this.#open(kind),
      release: () => {},
    };
  }

  #open(kind: ResourceKind): FpgaHandle {
    if (this.faults.busy || this.openHandles > 0) throw fpgaError("open", "cannot open", 2);
    this.openHandles++;
    let open = true;
    return {
      readMmio64: (offset) => this.#live(() => this.#read(offset)),
      writeMmio64: (offset, value) => this.#live(() => this.#write(offset, value)),
      readMmio32: (offset) => this.#live(() => Number(BigInt.asUintN(32, this.#read(offset)))),
      writeMmio32: (offset, value) => this.#live(() => this.#write(offset, BigInt(value))),
      allocate: (bytes) => this.#allocate(bytes),
      reconfigure: (gbs) => this.#reconfigure(kind, gbs),
      reset: () => this.#live(() => this.#resetAccelerator()),
      close: () => {
        if (!open) return;
        open = false;
        this.openHandles--;
        this.openBuffers.clear();
        if (this.faults.dead === undefined) this.#resetRegisters(); // as kernel drivers do
      },
    };
  }

  #live<Result>(work: () => Result): Result {
    if (this.faults.dead !== undefined)
      throw fpgaError("mmio", "cannot reach the accelerator", this.faults.dead);
    return work();
  }

  #allocate(bytes: number): HostBuffer | undefined {
    if (this.faults.noMemory || (this.faults.noHugepages && bytes > 4096)) return undefined;
    const ioAddress = this.#nextIo;
    this.#nextIo += BigInt(Math.ceil(bytes / 4096) * 4096);
    const buffer = {
      bytes: new Uint8Array(bytes),
      ioAddress,
      free: () => void this.openBuffers.delete(buffer),
    };
    this.openBuffers.add(buffer);
    return buffer;
  }

  #reconfigure(kind: ResourceKind, gbs: Uint8Array): void {
    if (kind !== "device") throw new Error("only a device can be programmed");
    if (this.faults.reconfiguration !== undefined)
      throw fpgaError("reconfigure", "cannot program", this.faults.reconfiguration);
    const { metadata } = readGbs("file", gbs);
    if (metadata.interfaceUuid !== this.shell) throw fpgaError("reconfigure", "cannot program", 1);
    const [{ acceleratorTypeUuid }] = metadata.clusters;
    this.uuid = this.faults.wrongAccelerator ? this.shell : acceleratorTypeUuid;
    this.#resetRegisters();
  }

  #resetAccelerator(): void {
    this.resets++;
    this.#resetRegisters();
  }

  /** Somebody else resets it. */
  resetBySomebody(): void {
    this.#resetRegisters();
  }

  #resetRegisters(): void {
    this.#values.clear();
    this.#program.clear();
    this.#completed = 0;
    this.#resetCore();
  }

  #resetCore(): void {
    this.#state = "ready";
    this.#pause = undefined;
    this.#input = [];
    this.#output = [];
    this.#closed = false;
    this.#values.set("pause_at", ALL_ONES);
  }

  #read(offset: number): bigint {
    const name = BY_OFFSET.get(offset);
    if (this.faults.gone) return ALL_ONES;
    if (name === undefined) return 0n;
    const { configuration } = this;
    switch (name) {
      case "feature_header":
        return this.overrides[name] ?? FEATURE_HEADER;
      case "uuid_low":
        return Buffer.from(parseUuid(this.uuid)!).readBigUInt64BE(8);
      case "uuid_high":
        return Buffer.from(parseUuid(this.uuid)!).readBigUInt64BE(0);
      case "version": {
        const version =
          BigInt(MAP_VERSION.minor) |
          (BigInt(MAP_VERSION.major) << 16n) |
          (BigInt(ISA.minor) << 32n) |
          (BigInt(ISA.major) << 48n);
        return this.overrides[name] ?? version;
      }
      case "configuration_name": {
        const bytes = Buffer.alloc(8);
        bytes.write(configuration.name, "latin1");
        return this.overrides[name] ?? bytes.readBigUInt64LE();
      }
      case "vlmax":
      case "instructions":
        return BigInt(configuration[name]);
      case "dram_bytes":
        return BigInt(configuration.dram);
      case "queue_entries":
        return BigInt(configuration.queue);
      case "packings":
        return Object.keys(PACKINGS).reduce(
          (bits, packing, i) =>
            configuration.packings.includes(packing) ? bits | (1n << BigInt(i)) : bits,
          0n,
        );
      case "channels":
      case "lanes":
        return BigInt(configuration.core[name]);
      case "core_status":
        return this.#status();
      case "output_head":
        return BigInt.asUintN(64, this.#output[0] ?? 0n);
      case "instret":
        return BigInt(this.#emulator.machine.retired);
      case "clocks":
        return BigInt(2 * this.#emulator.machine.retired);
      case "trap_pc":
        return BigInt(this.#trap.pc);
      case "trap_value":
        return BigInt.asUintN(64, this.#trap.value);
      case "copy_completed":
        return BigInt(this.#completed);
      case "copy_state":
        return (this.faults.stalled ? 1n : 0n) | (16n << 8n);
      default:
        return this.#values.get(name) ?? 0n;
    }
  }

  #write(offset: number, value: bigint): void {
    const { program } = WINDOWS;
    if (offset >= program.offset && offset < program.offset + program.bytes) {
      this.#program.set((offset - program.offset) / 8, value);
      return;
    }
    const name = BY_OFFSET.get(offset)!;
    if (name === "core_control") {
      if (value & 1n) this.#resetCore();
      else if (value & 2n) this.#start();
      else if (value & 4n) this.#closed = true;
    } else if (name === "input_push") this.#input.push(value);
    else if (name === "output_pop") this.#output.shift();
    else if (name === "copy_go") this.#copy(fieldsOf("copy_go", value));
    else this.#values.set(name, value);
  }

  /** The emulator takes a program with its image; what DRAM holds stays. */
  #start(): void {
    const length = Number(this.#values.get("program_length") ?? 0n);
    if (length === 0) {
      this.#state = "trapped"; // there is no instruction to fetch
      return;
    }
    const data = Buffer.alloc(8 * length);
    for (let i = 0; i < length; i++) data.writeBigUInt64LE(this.#program.get(i)!, 8 * i);
    const address: number = MEMORY.instruction_base;
    const image: Image = {
      isa: ISA,
      configuration: this.configuration.name,
      requires: { vlmax: 1, dram: 0, instructions: length, packings: [] },
      entry: address + 8 * Number(this.#values.get("entry")),
      sections: [{ name: ".text", kind: "code", address, size: data.length, data, alignment: 8 }],
      symbols: [],
      lines: [],
    };
    const memory = this.memory.snapshot();
    void this.#emulator.load(image); // done when it returns: there is nothing to wait for in it
    this.memory.restore(memory);
    this.#state = "running";
  }

  #status(): bigint {
    this.#statuses++;
    if (this.faults.resetAfter !== undefined && this.#statuses > this.faults.resetAfter) {
      delete this.faults.resetAfter;
      this.#resetRegisters();
    }
    if (this.#state === "running" && !this.faults.frozen) this.#run();
    return (
      BigInt(CODES.core_state[this.#state]) |
      (this.#pause === "input" ? 8n : 0n) |
      (this.#pause === "output" ? 16n : 0n) |
      (this.#pause === "steps" ? 32n : 0n) |
      (this.#closed ? 64n : 0n) |
      (BigInt(this.#trap.cause) << 8n) |
      (BigInt(this.#output.length) << 16n) |
      (BigInt(HOST_QUEUE - this.#input.length) << 32n)
    );
  }

  #run(): void {
    const { machine } = this.#emulator;
    const room = this.configuration.queue;
    this.#input.splice(0, machine.input.push(this.#input.slice(0, room)));
    if (this.#closed && this.#input.length === 0) machine.input.closed = true;
    const limit = this.#values.get("pause_at")!;
    const left = limit === ALL_ONES ? SLICE : Math.min(SLICE, Number(limit) - machine.retired);
    const stop = this.#emulator.execute(left);
    this.#output.push(...machine.output.takeAll());
    this.#pause = undefined;
    if (stop.reason === "halted") this.#state = "halted";
    else if (stop.reason === "trap") {
      this.#state = "trapped";
      const { code } = TRAPS[stop.trap as keyof typeof TRAPS];
      this.#trap = { cause: code, pc: stop.pc, value: stop.value };
    } else if (stop.reason === "input" && this.#input.length === 0) this.#pause = "input";
    else if (machine.retired === Number(limit)) this.#pause = "steps";
  }

  #copy({ to_host, check, zero }: ReturnType<typeof fieldsOf<"copy_go">>): void {
    const toHost = to_host === 1;
    if (this.faults.stalled) return;
    const value = (name: Register) => Number(this.#values.get(name) ?? 0n);
    const [address, length] = [value("copy_card_address"), value("copy_length")];
    const host =
      check || zero ? new Uint8Array(length) : this.#host(value("copy_host_address"), length);
    this.copies.push({ toHost, address, length });
    const status = this.faults.copyStatus ?? "done";
    delete this.faults.copyStatus;
    if (toHost) this.memory.readInto(host, address);
    else this.memory.write(address, host);
    let moved = Uint8Array.from(host);
    if (this.faults.corruptNext) {
      delete this.faults.corruptNext;
      moved[length >> 1]! ^= 0x10;
      if (toHost) host.set(moved);
      else this.memory.write(address, moved);
      if (toHost) moved = this.memory.read(address, length) as Uint8Array<ArrayBuffer>;
    }
    const number = ++this.#completed;
    const line = this.#host(value("copy_completion_address") + 64 * ((number - 1) % 64), 64);
    const words = new DataView(line.buffer, line.byteOffset, 64);
    const put = (name: keyof typeof COMPLETION, word: number) =>
      words.setBigUint64(8 * COMPLETION[name], BigInt(word), true);
    put("status", CODES.copy_status[status]);
    put("crc", crc32(moved));
    put("length", length);
    put("number", number);
  }

  /** Host memory by its IO address. */
  #host(address: number, length: number): Uint8Array {
    for (const { ioAddress, bytes } of this.openBuffers) {
      const at = address - Number(ioAddress);
      if (at >= 0 && at + length <= bytes.length) return bytes.subarray(at, at + length);
    }
    throw new Error(`the card reached for host memory that it does not have: ${address}`);
  }
}
