/** The least that drives the simulated board: the calls of libopae-c, and nothing between a test and the registers. */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import koffi from "koffi";
import {
  ACCELERATOR_UUID,
  CODES,
  COMPLETION,
  REGISTERS,
  WINDOWS,
} from "../../src/board/generated.js";

export const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "ternac");

export const RESULT = {
  ok: 0,
  invalidParam: 1,
  busy: 2,
  exception: 3,
  notFound: 4,
  noMemory: 5,
  notSupported: 6,
  noDriver: 7,
  reconfError: 10,
} as const;
export const DEVICE = 0;
export const ACCELERATOR = 1;

/** A UUID as the 16 bytes that the library takes. */
export const guidBytes = (uuid: string) =>
  Uint8Array.from(Buffer.from(uuid.replaceAll("-", ""), "hex"));

type Registers = typeof REGISTERS;
export type RegisterName = keyof Registers;

/**
 * A card of its own: a library is one card, and a copy of it is another. It reads its environment, variables that
 * begin with TERNAC_SIM_, at its first call, which is made here.
 */
export function loadFresh(path: string, environment: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "ternac-board-"));
  const before = { ...process.env };
  try {
    const copy = join(folder, "libternac_board.so");
    copyFileSync(path, copy);
    for (const name of Object.keys(process.env))
      if (name.startsWith("TERNAC_SIM_")) delete process.env[name];
    Object.assign(process.env, environment);
    const library = loadBoard(copy);
    const count: [number] = [0];
    library.enumerate(null, 0, null, 0, count);
    return library;
  } finally {
    for (const name of Object.keys(environment)) delete process.env[name];
    Object.assign(process.env, before);
    rmSync(folder, { recursive: true });
  }
}

function loadBoard(path: string) {
  const library = koffi.load(path);
  const f = (name: string, ...types: string[]) => library.func(name, "int", types);
  return {
    getProperties: f("fpgaGetProperties", "void *", "_Out_ void **"),
    destroyProperties: f("fpgaDestroyProperties", "_Inout_ void **"),
    setObjectType: f("fpgaPropertiesSetObjectType", "void *", "int"),
    setGuid: f("fpgaPropertiesSetGUID", "void *", "uint8_t *"),
    getGuid: f("fpgaPropertiesGetGUID", "void *", "_Out_ uint8_t *"),
    getState: f("fpgaPropertiesGetAcceleratorState", "void *", "_Out_ int *"),
    enumerate: f(
      "fpgaEnumerate",
      "void **",
      "uint32_t",
      "_Out_ void **",
      "uint32_t",
      "_Out_ uint32_t *",
    ),
    destroyToken: f("fpgaDestroyToken", "_Inout_ void **"),
    open: f("fpgaOpen", "void *", "_Out_ void **", "int"),
    close: f("fpgaClose", "void *"),
    reset: f("fpgaReset", "void *"),
    read64: f("fpgaReadMMIO64", "void *", "uint32_t", "uint64_t", "_Out_ uint64_t *"),
    write64: f("fpgaWriteMMIO64", "void *", "uint32_t", "uint64_t", "uint64_t"),
    read32: f("fpgaReadMMIO32", "void *", "uint32_t", "uint64_t", "_Out_ uint32_t *"),
    write32: f("fpgaWriteMMIO32", "void *", "uint32_t", "uint64_t", "uint32_t"),
    prepareBuffer: f(
      "fpgaPrepareBuffer",
      "void *",
      "uint64_t",
      "_Out_ void **",
      "_Out_ uint64_t *",
      "int",
    ),
    releaseBuffer: f("fpgaReleaseBuffer", "void *", "uint64_t"),
    ioAddress: f("fpgaGetIOAddress", "void *", "uint64_t", "_Out_ uint64_t *"),
    reconfigure: f("fpgaReconfigureSlot", "void *", "uint32_t", "uint8_t *", "size_t", "int"),
  };
}

export type BoardLibrary = ReturnType<typeof loadBoard>;

/** What the call left in its out parameter. @throws Error when it failed */
function out<T>(call: (out: [T]) => number, first: T): T {
  const place: [T] = [first];
  const result = call(place);
  if (result !== RESULT.ok) throw new Error(`the library says ${result}`);
  return place[0];
}

/** Tokens of a kind. @param uuid only of this one */
export function enumerate(library: BoardLibrary, type: number, uuid?: string): unknown[] {
  let properties = out<unknown>((place) => library.getProperties(null, place), null);
  library.setObjectType(properties, type);
  if (uuid) library.setGuid(properties, guidBytes(uuid));
  const tokens: unknown[] = [null, null, null, null];
  const count = out<number>((place) => library.enumerate([properties], 1, tokens, 4, place), 0);
  const list = [properties];
  library.destroyProperties(list);
  properties = null;
  return tokens.slice(0, count);
}

export function uuidOf(library: BoardLibrary, token: unknown): string {
  const properties = out<unknown>((place) => library.getProperties(token, place), null);
  const bytes = new Uint8Array(16);
  library.getGuid(properties, bytes);
  library.destroyProperties([properties]);
  return Buffer.from(bytes)
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export interface Completion {
  readonly number: bigint;
  readonly status: number;
  readonly crc: number;
  readonly length: bigint;
}

/** The accelerator, opened. */
export class BoardHost {
  readonly handle: unknown;
  readonly #library: BoardLibrary;
  #ring: { view: DataView; address: bigint } | undefined;
  #copies = 0n;

  constructor(library: BoardLibrary) {
    this.#library = library;
    const [token] = enumerate(library, ACCELERATOR, ACCELERATOR_UUID);
    this.handle = out<unknown>((place) => library.open(token, place, 0), null);
    library.destroyToken([token]);
  }

  read(offset: number): bigint {
    return BigInt(
      out<number | bigint>((place) => this.#library.read64(this.handle, 0, offset, place), 0),
    );
  }
  write(offset: number, value: bigint | number): void {
    const result = this.#library.write64(this.handle, 0, offset, BigInt.asUintN(64, BigInt(value)));
    if (result !== RESULT.ok) throw new Error(`the library says ${result}`);
  }
  register(name: RegisterName, index = 0): bigint {
    return this.read(REGISTERS[name].offset + 8 * index);
  }
  set(name: RegisterName, value: bigint | number): void {
    this.write(REGISTERS[name].offset, value);
  }
  field<Name extends RegisterName>(name: Name, field: keyof Registers[Name]["fields"]): number {
    const [high, low] = (REGISTERS[name].fields as Record<string, readonly [number, number]>)[
      field as string
    ]!;
    return Number(BigInt.asUintN(high - low + 1, this.register(name) >> BigInt(low)));
  }
  pulse<Name extends RegisterName>(name: Name, field: keyof Registers[Name]["fields"]): void {
    const [, low] = (REGISTERS[name].fields as Record<string, readonly [number, number]>)[
      field as string
    ]!;
    this.set(name, 1n << BigInt(low));
  }

  buffer(bytes: number): { bytes: Uint8Array; address: bigint; id: number } {
    const address: [unknown] = [null];
    const id = out<number>(
      (place) => this.#library.prepareBuffer(this.handle, bytes, address, place, 0),
      0,
    );
    const io = out<number | bigint>((place) => this.#library.ioAddress(this.handle, id, place), 0);
    return {
      bytes: new Uint8Array(koffi.view(address[0], bytes)),
      address: BigInt(io),
      id,
    };
  }

  /** A copy, and what it left in the ring; undefined when it does not end. */
  copy(
    flags: { toHost?: boolean; check?: boolean; zero?: boolean },
    host: bigint,
    card: number,
    length: number,
  ): Completion | undefined {
    if (!this.#ring) {
      const { bytes, address } = this.buffer(4096);
      this.#ring = { view: new DataView(bytes.buffer), address };
      this.set("copy_completion_address", address);
      this.#copies = this.register("copy_completed");
    }
    this.set("copy_host_address", host);
    this.set("copy_card_address", card);
    this.set("copy_length", length);
    const { to_host, check, zero } = REGISTERS.copy_go.fields;
    const bit = ([, low]: readonly [number, number], on = false) => (on ? 1 << low : 0);
    this.set(
      "copy_go",
      bit(to_host, flags.toHost) | bit(check, flags.check) | bit(zero, flags.zero),
    );
    const line = Number(this.#copies % 64n) * 64;
    this.#copies++;
    const word = (index: number) => this.#ring!.view.getBigUint64(line + 8 * index, true);
    for (let polls = 0; word(COMPLETION.number) !== this.#copies; polls++) {
      if (polls > 2000) return undefined;
      this.register("copy_state");
    }
    return {
      number: word(COMPLETION.number),
      status: Number(word(COMPLETION.status)),
      crc: Number(word(COMPLETION.crc)),
      length: word(COMPLETION.length),
    };
  }

  /** Reset the core, and write a program: words of 64 bits. */
  loadProgram(words: BigUint64Array, entry: number): void {
    this.pulse("core_control", "reset");
    this.waitFor(CODES.core_state.ready);
    words.forEach((word, i) => {
      this.write(WINDOWS.program.offset + 8 * i, word);
    });
    this.set("entry", entry);
    this.set("program_length", words.length);
  }

  waitFor(state: number): void {
    for (let polls = 0; this.field("core_status", "state") !== state; polls++)
      if (polls > 10_000) throw new Error("the core does not get there");
  }

  /** Run from entry until the core stands; entries go in and out as there is room. */
  run(input: readonly bigint[]): { state: number; output: bigint[] } {
    const left = [...input];
    const output: bigint[] = [];
    this.pulse("core_control", "start");
    let closed = false;
    for (;;) {
      const status = this.register("core_status");
      const fields = REGISTERS.core_status.fields;
      const get = ([high, low]: readonly [number, number]) =>
        Number(BigInt.asUintN(high - low + 1, status >> BigInt(low)));
      for (let i = get(fields.output_count); i > 0; i--) {
        output.push(BigInt.asIntN(64, this.register("output_head")));
        this.set("output_pop", 1);
      }
      for (let room = get(fields.input_room); room > 0 && left.length > 0; room--)
        this.set("input_push", left.shift()!);
      if (left.length === 0 && !closed) {
        this.pulse("core_control", "close_input");
        closed = true;
      }
      const state = get(fields.state);
      if (state === CODES.core_state.halted || state === CODES.core_state.trapped)
        if (this.field("core_status", "output_count") === 0) return { state, output };
    }
  }

  /** Reset everything but DRAM. */
  reset(): void {
    const result = this.#library.reset(this.handle);
    if (result !== RESULT.ok) throw new Error(`the library says ${result}`);
    this.#ring = undefined;
  }
  close(): number {
    return this.#library.close(this.handle);
  }
}
