/** libopae-c, through koffi. Signatures: opae/{enum,properties,access,mmio,buffer,manage}.h. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { isAbsolute } from "node:path";
import { UserError } from "../diagnostics/diagnostic.js";
import { formatUuid, UUID_BYTES } from "../gbs/index.js";
import { type Action, fpgaError } from "./fpga-result.js";
import {
  type FpgaHandle,
  type FpgaLibrary,
  type FpgaResource,
  formatPciAddress,
  type HostBuffer,
  type PciAddress,
  type ResourceKind,
} from "./library.js";

/** Where the library is looked for, the versioned name first: the other one needs the -devel package. */
export const LIBRARY_NAMES = ["libopae-c.so.2", "libopae-c.so"] as const;

const FPGA_OK = 0;
const FPGA_INVALID_PARAM = 1;
const FPGA_NO_MEMORY = 5;
const FPGA_NOT_FOUND = 4;
/** fpga_objtype */
const OBJECT_TYPES: readonly ResourceKind[] = ["device", "accelerator"];
/** FPGA_ACCELERATOR_ASSIGNED of fpga_accelerator_state */
const ASSIGNED = 0;
/** FPGA_BUF_QUIET: a missing hugepage is no message on standard error. */
const QUIET = 2;
/** The accelerator's registers are its MMIO space 0. */
const SPACE = 0;
/** Slot of the card that is reconfigured: it has one. */
const SLOT = 0;
/** Resources of one enumeration at most. */
const MOST = 64;

/** Tokens, handles and properties are pointers to what only the library knows. */
type Pointer = unknown;
type Out<Type> = [Type];

/** Loaded when it is needed: it is native code, which a platform may lack. */
function loadKoffi(): typeof import("koffi") {
  try {
    return createRequire(import.meta.url)("koffi");
  } catch (error) {
    const [reason] = (error as Error).message.split("\n", 1);
    throw new UserError(
      `the package koffi, which calls the library for FPGA cards, does not work here: ${reason}`,
      "install ternac again, with optional dependencies, on a platform that koffi knows",
    );
  }
}

/** Libraries by their names. One that nobody refers to is unloaded, and a simulated card forgets all with it. */
const loaded = new Map<string, Functions>();

/** Load the library's functions. @throws Error as the dynamic loader words it */
function bind(koffi: typeof import("koffi"), path: string) {
  const library = koffi.load(path);
  const f = (name: string, ...types: string[]) => library.func(name, "int", types);
  return {
    getProperties: f("fpgaGetProperties", "void *", "_Out_ void **"),
    destroyProperties: f("fpgaDestroyProperties", "_Inout_ void **"),
    setObjectType: f("fpgaPropertiesSetObjectType", "void *", "int"),
    getSegment: f("fpgaPropertiesGetSegment", "void *", "_Out_ uint16_t *"),
    getBus: f("fpgaPropertiesGetBus", "void *", "_Out_ uint8_t *"),
    getDevice: f("fpgaPropertiesGetDevice", "void *", "_Out_ uint8_t *"),
    getFunction: f("fpgaPropertiesGetFunction", "void *", "_Out_ uint8_t *"),
    getVendorId: f("fpgaPropertiesGetVendorID", "void *", "_Out_ uint16_t *"),
    getDeviceId: f("fpgaPropertiesGetDeviceID", "void *", "_Out_ uint16_t *"),
    getGuid: f("fpgaPropertiesGetGUID", "void *", "_Out_ uint8_t *"),
    getState: f("fpgaPropertiesGetAcceleratorState", "void *", "_Out_ int *"),
    getBitstreamId: f("fpgaPropertiesGetBBSID", "void *", "_Out_ uint64_t *"),
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
    readMmio64: f("fpgaReadMMIO64", "void *", "uint32_t", "uint64_t", "_Out_ uint64_t *"),
    writeMmio64: f("fpgaWriteMMIO64", "void *", "uint32_t", "uint64_t", "uint64_t"),
    readMmio32: f("fpgaReadMMIO32", "void *", "uint32_t", "uint64_t", "_Out_ uint32_t *"),
    writeMmio32: f("fpgaWriteMMIO32", "void *", "uint32_t", "uint64_t", "uint32_t"),
    prepareBuffer: f(
      "fpgaPrepareBuffer",
      "void *",
      "uint64_t",
      "_Out_ void **",
      "_Out_ uint64_t *",
      "int",
    ),
    releaseBuffer: f("fpgaReleaseBuffer", "void *", "uint64_t"),
    getIoAddress: f("fpgaGetIOAddress", "void *", "uint64_t", "_Out_ uint64_t *"),
    reconfigure: f("fpgaReconfigureSlot", "void *", "uint32_t", "uint8_t *", "size_t", "int"),
  };
}

type Functions = ReturnType<typeof bind> & {
  /** Memory at an address, without a copy. */
  view(address: Pointer, bytes: number): ArrayBuffer;
};

/** Functions that give a small number. */
type Getter =
  | "getSegment"
  | "getBus"
  | "getDevice"
  | "getFunction"
  | "getVendorId"
  | "getDeviceId"
  | "getState"
  | "getBitstreamId";

/** The reason alone: koffi and the dynamic loader put what was asked for around it. */
function loadFailure(name: string, { message }: Error): string {
  if (isAbsolute(name) && !existsSync(name)) return "it does not exist";
  return message
    .split("\n", 1)[0]!
    .replace(/^Failed to load shared library: /, "")
    .replace(`${name}: `, "");
}

/**
 * Load libopae-c.
 * @param path of a library; undefined: the system's
 * @throws UserError when there is none
 */
export function loadLibopae(path?: string): FpgaLibrary {
  const koffi = loadKoffi();
  const names = path === undefined ? LIBRARY_NAMES : [path];
  const failures: string[] = [];
  for (const name of names) {
    try {
      const functions = loaded.get(name) ?? { ...bind(koffi, name), view: koffi.view };
      loaded.set(name, functions);
      return new Libopae(name, functions);
    } catch (error) {
      failures.push(`${name}: ${loadFailure(name, error as Error)}`);
    }
  }
  throw new UserError(
    `the library for FPGA cards cannot be loaded: ${failures.join("; ")}`,
    path === undefined
      ? "install OPAE (https://github.com/OFS/opae-sdk), or do without a card: --board sim"
      : "check the path, and that the library is one of OPAE 2",
  );
}

class Libopae implements FpgaLibrary {
  constructor(
    readonly name: string,
    private readonly functions: Functions,
  ) {}

  enumerate(kind: ResourceKind): FpgaResource[] {
    const tokens = this.#tokens(kind);
    const found: Resource[] = [];
    try {
      for (const token of tokens) found.push(new Resource(kind, token, this.functions));
    } catch (error) {
      for (const token of tokens) this.functions.destroyToken([token]);
      throw error;
    }
    return found;
  }

  #tokens(kind: ResourceKind): Pointer[] {
    const { functions } = this;
    const check = (result: number) => {
      if (result !== FPGA_OK)
        throw fpgaError("enumerate", `cannot look for cards with ${this.name}`, result);
    };
    const filter: Out<Pointer> = [null];
    check(functions.getProperties(null, filter));
    try {
      check(functions.setObjectType(filter[0], OBJECT_TYPES.indexOf(kind)));
      const tokens: Pointer[] = new Array(MOST).fill(null);
      const count: Out<number> = [0];
      const result = functions.enumerate(filter, 1, tokens, MOST, count);
      // Without a driver there is nothing to find; what is wrong then is for `board doctor` to say.
      if (result === FPGA_NOT_FOUND) return [];
      check(result);
      return tokens.slice(0, Math.min(MOST, count[0]));
    } finally {
      functions.destroyProperties(filter);
    }
  }
}

class Resource implements FpgaResource {
  readonly address: PciAddress;
  readonly vendorId: number;
  readonly deviceId: number;
  readonly uuid: string;
  readonly busy: boolean | undefined;
  readonly bitstreamId?: bigint;
  #released = false;

  constructor(
    readonly kind: ResourceKind,
    private readonly token: Pointer,
    private readonly functions: Functions,
  ) {
    const properties: Out<Pointer> = [null];
    const result = functions.getProperties(token, properties);
    if (result !== FPGA_OK)
      throw fpgaError("enumerate", `a card was found, but cannot be asked for its ${kind}`, result);
    const get = (name: Getter): number | undefined => {
      const value: Out<number> = [0];
      return functions[name](properties[0], value) === FPGA_OK ? value[0] : undefined;
    };
    try {
      this.address = {
        segment: get("getSegment") ?? 0,
        bus: get("getBus") ?? 0,
        device: get("getDevice") ?? 0,
        function: get("getFunction") ?? 0,
      };
      this.vendorId = get("getVendorId") ?? 0;
      this.deviceId = get("getDeviceId") ?? 0;
      const guid = new Uint8Array(UUID_BYTES);
      functions.getGuid(properties[0], guid);
      this.uuid = formatUuid(guid);
      const state = kind === "accelerator" ? get("getState") : undefined;
      this.busy = state === undefined ? undefined : state === ASSIGNED;
      const bitstreamId = kind === "device" ? get("getBitstreamId") : undefined;
      if (bitstreamId !== undefined) this.bitstreamId = BigInt(bitstreamId);
    } finally {
      functions.destroyProperties(properties);
    }
  }

  open(): FpgaHandle {
    const handle: Out<Pointer> = [null];
    const what = `the ${this.kind} of ${formatPciAddress(this.address)}`;
    const result = this.functions.open(this.token, handle, 0);
    if (result !== FPGA_OK) throw fpgaError("open", `cannot open ${what}`, result);
    return new Handle(what, handle[0], this.functions);
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.functions.destroyToken([this.token]);
  }
}

class Handle implements FpgaHandle {
  readonly #buffers = new Set<HostBuffer>();
  #open = true;

  constructor(
    private readonly what: string,
    private readonly pointer: Pointer,
    private readonly functions: Functions,
  ) {}

  /** What the library knows the handle by; it must not see it again once it is closed. */
  private get handle(): Pointer {
    if (!this.#open) throw new Error(`${this.what} is closed`);
    return this.pointer;
  }

  #check(action: Action, doing: string, result: number): void {
    if (result !== FPGA_OK) throw fpgaError(action, `cannot ${doing} ${this.what}`, result);
  }

  readMmio64(offset: number): bigint {
    const value: Out<number | bigint> = [0];
    const result = this.functions.readMmio64(this.handle, SPACE, offset, value);
    this.#check("mmio", `read register 0x${offset.toString(16)} of`, result);
    return BigInt(value[0]);
  }

  writeMmio64(offset: number, value: bigint): void {
    const result = this.functions.writeMmio64(
      this.handle,
      SPACE,
      offset,
      BigInt.asUintN(64, value),
    );
    this.#check("mmio", `write register 0x${offset.toString(16)} of`, result);
  }

  readMmio32(offset: number): number {
    const value: Out<number> = [0];
    const result = this.functions.readMmio32(this.handle, SPACE, offset, value);
    this.#check("mmio", `read register 0x${offset.toString(16)} of`, result);
    return value[0];
  }

  writeMmio32(offset: number, value: number): void {
    const result = this.functions.writeMmio32(this.handle, SPACE, offset, value >>> 0);
    this.#check("mmio", `write register 0x${offset.toString(16)} of`, result);
  }

  allocate(bytes: number): HostBuffer | undefined {
    const address: Out<Pointer> = [null];
    const id: Out<number | bigint> = [0];
    const result = this.functions.prepareBuffer(this.handle, bytes, address, id, QUIET);
    // The latter is what OPAE says when the user may not lock as much, or the kernel has no hugepages at all.
    if (result === FPGA_NO_MEMORY || result === FPGA_INVALID_PARAM) return undefined;
    this.#check("allocate", "prepare a buffer for", result);
    const ioAddress: Out<number | bigint> = [0];
    const mapped = this.functions.getIoAddress(this.handle, id[0], ioAddress);
    if (mapped !== FPGA_OK) this.functions.releaseBuffer(this.handle, id[0]);
    this.#check("allocate", "map a buffer for", mapped);
    const release = (buffer: HostBuffer) => {
      if (!this.#buffers.delete(buffer)) return;
      this.#check("free", "free a buffer of", this.functions.releaseBuffer(this.handle, id[0]));
    };
    const buffer = {
      bytes: new Uint8Array(this.functions.view(address[0], bytes)),
      ioAddress: BigInt(ioAddress[0]),
      free: () => release(buffer),
    };
    this.#buffers.add(buffer);
    return buffer;
  }

  reconfigure(gbs: Uint8Array): void {
    const result = this.functions.reconfigure(this.handle, SLOT, gbs, gbs.length, 0);
    this.#check("reconfigure", "program", result);
  }

  reset(): void {
    this.#check("reset", "reset", this.functions.reset(this.handle));
  }

  close(): void {
    if (!this.#open) return;
    // One that cannot be freed must not keep the others; closing frees the rest.
    for (const buffer of [...this.#buffers]) {
      try {
        buffer.free();
      } catch {}
    }
    this.#open = false;
    this.#check("close", "close", this.functions.close(this.pointer));
  }
}
