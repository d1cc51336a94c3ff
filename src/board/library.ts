/** What the driver needs of a host library for FPGA cards: libopae-c, or a model of it in a test. */

/** A `device` is a card with its management; an `accelerator` is what a bitstream makes of it. */
export type ResourceKind = "device" | "accelerator";

/** Where a card is on the PCI bus. */
export interface PciAddress {
  readonly segment: number;
  readonly bus: number;
  readonly device: number;
  readonly function: number;
}

/** Something that `enumerate` found. */
export interface FpgaResource {
  readonly kind: ResourceKind;
  readonly address: PciAddress;
  readonly vendorId: number;
  readonly deviceId: number;
  /** Of a device that of the shell (interface UUID), of an accelerator its own (AFU UUID); lower case. */
  readonly uuid: string;
  /** Whether another process has it open; undefined where that is not told. */
  readonly busy: boolean | undefined;
  /** Of a device: the bitstream ID of its shell, where that is told. */
  readonly bitstreamId?: bigint;
  /** Open it for this process alone. @throws UserError */
  open(): FpgaHandle;
  /** Forget it. Not while it is open. */
  release(): void;
}

/** Memory of the host that the accelerator can reach. */
export interface HostBuffer {
  /** The memory itself, not a copy. Not to be touched after `free`. */
  readonly bytes: Uint8Array;
  /** Where the accelerator sees its first byte. */
  readonly ioAddress: bigint;
  free(): void;
}

/** An open device or accelerator. Every call throws a UserError that says what failed and what to do. */
export interface FpgaHandle {
  /** @param offset in bytes, a multiple of 8 */
  readMmio64(offset: number): bigint;
  writeMmio64(offset: number, value: bigint): void;
  /** @param offset in bytes, a multiple of 4 */
  readMmio32(offset: number): number;
  writeMmio32(offset: number, value: number): void;
  /**
   * Memory for the accelerator: up to 4 KiB out of ordinary pages, up to 2 MiB out of a hugepage.
   * @returns undefined when there is no memory of that kind
   */
  allocate(bytes: number): HostBuffer | undefined;
  /** Of a device: put a bitstream (a whole GBS file) into its slot 0. */
  reconfigure(gbs: Uint8Array): void;
  /** Of an accelerator: reset it. Its registers are lost, the card's memory is kept. */
  reset(): void;
  /** Buffers that are still there are freed. */
  close(): void;
}

export interface FpgaLibrary {
  /** What messages call it, such as `libopae-c.so.2`. */
  readonly name: string;
  /** Everything of a kind. @throws UserError when the library cannot tell */
  enumerate(kind: ResourceKind): readonly FpgaResource[];
}

/** `0000:3b:00.0`, as lspci and sysfs have it. */
export function formatPciAddress({ segment, bus, device, ...rest }: PciAddress): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  return `${hex(segment, 4)}:${hex(bus, 2)}:${hex(device, 2)}.${rest.function}`;
}

/** An address as a user writes it: `3b:00.0`, or with the segment in front; undefined when it is none. */
export function parsePciAddress(text: string): PciAddress | undefined {
  const match = /^(?:([0-9a-f]{4}):)?([0-9a-f]{2}):([01][0-9a-f])\.([0-7])$/i.exec(text);
  if (!match) return undefined;
  const [segment, bus, device, fn] = match
    .slice(1)
    .map((digits) => Number.parseInt(digits ?? "0", 16));
  return { segment: segment!, bus: bus!, device: device!, function: fn! };
}

/** Whether two functions are of the same card. */
export function sameCard(a: PciAddress, b: PciAddress): boolean {
  return a.segment === b.segment && a.bus === b.bus && a.device === b.device;
}
