import { DESTINATIONS, type DestinationName } from "./destinations.js";
import { viewOf } from "./protocol.js";

interface At {
  /** Position in program order, from 0, modulo 2^32. */
  readonly sequence: number;
  /** Index of the instruction in the code. */
  readonly index: number;
  /** Clock since the start. */
  readonly clock: number;
}

/** What an instruction left behind, in the clock in which it was complete. */
export type RetirementEvent =
  /** The front end is done with it: in program order, one for every instruction. */
  | (At & {
      readonly kind: "retired";
      /** It goes on in a functional unit; a `done` follows. */
      readonly queued: boolean;
      /** The scalar register that it wrote now. */
      readonly scalar?: { readonly register: number; readonly value: bigint };
    })
  /** A functional unit is done with it. */
  | (At & {
      readonly kind: "done";
      /** By issue_unit_e. */
      readonly unit: number;
      readonly destination: DestinationName;
      /** Of a vector or activation register. */
      readonly register: number;
      /** Of an activation register: its length; of memory: bytes. */
      readonly length: number;
      /** Of memory: the first byte. */
      readonly address: number;
      /** See content-hash.ts; 0 without a destination. */
      readonly hash: bigint;
    })
  /** A scalar load or argmax wrote a scalar register. */
  | (At & { readonly kind: "scalar"; readonly register: number; readonly value: bigint });

const EVENT_BYTES = 40;

/** Events as rtl/sim/trace.h lays them out. */
export function parseEvents(bytes: Uint8Array): RetirementEvent[] {
  const view = viewOf(bytes);
  const count = bytes.length / EVENT_BYTES;
  return Array.from({ length: count }, (_, i) => parseEvent(view, i * EVENT_BYTES));
}

function parseEvent(view: DataView, at: number): RetirementEvent {
  const [kind, flags, register, unit] = [0, 1, 2, 3].map((i) => view.getUint8(at + i)) as [
    number,
    number,
    number,
    number,
  ];
  const place: At = {
    sequence: view.getUint32(at + 4, true),
    index: view.getUint32(at + 8, true),
    clock: Number(view.getBigUint64(at + 16, true)),
  };
  const value = view.getBigUint64(at + 24, true);
  if (kind === 2) return { kind: "scalar", ...place, register, value: BigInt.asIntN(64, value) };
  if (kind === 0) {
    const scalar = flags & 2 ? { register, value: BigInt.asIntN(64, value) } : undefined;
    return { kind: "retired", ...place, queued: (flags & 1) !== 0, ...(scalar && { scalar }) };
  }
  return {
    kind: "done",
    ...place,
    unit,
    destination: DESTINATIONS[flags]!,
    register,
    length: view.getUint32(at + 12, true),
    address: Number(view.getBigUint64(at + 32, true)),
    hash: value,
  };
}
