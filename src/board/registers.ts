import { REGISTERS } from "./generated.js";
import type { FpgaHandle } from "./library.js";

export type RegisterName = keyof typeof REGISTERS;
type Fields<Name extends RegisterName> = keyof (typeof REGISTERS)[Name]["fields"] & string;

/** What a register reads as when the card does not answer any more: PCI gives all ones. */
const ALL_ONES = 2n ** 64n - 1n;

/** The accelerator's registers by their names. */
export class Registers {
  constructor(private readonly handle: FpgaHandle) {}

  read(name: RegisterName): bigint {
    return this.handle.readMmio64(REGISTERS[name].offset);
  }

  /** A register whose values a number holds exactly. */
  readNumber(name: RegisterName): number {
    return Number(this.read(name));
  }

  /** All of an array of registers, or of one that is none. */
  readAll(name: RegisterName): bigint[] {
    const register = REGISTERS[name];
    const count = "count" in register ? register.count : 1;
    return Array.from({ length: count }, (_, i) => this.handle.readMmio64(register.offset + 8 * i));
  }

  write(name: RegisterName, value: bigint): void {
    this.handle.writeMmio64(REGISTERS[name].offset, value);
  }

  /** Write the bits of some fields; the others are zero. */
  writeFields<Name extends RegisterName>(
    name: Name,
    values: Partial<Record<Fields<Name>, number>>,
  ): void {
    let word = 0n;
    for (const [field, value] of Object.entries<number | undefined>(values))
      word |= BigInt(value ?? 0) << BigInt(bits(name, field)[1]);
    this.write(name, word);
  }

  /** A register's fields. */
  readFields<Name extends RegisterName>(name: Name): Record<Fields<Name>, number> {
    return fieldsOf(name, this.read(name));
  }
}

/** The fields of a register's value. */
export function fieldsOf<Name extends RegisterName>(
  name: Name,
  word: bigint,
): Record<Fields<Name>, number> {
  const values = Object.keys(REGISTERS[name].fields).map((field) => {
    const [high, low] = bits(name, field);
    return [field, Number(BigInt.asUintN(high - low + 1, word >> BigInt(low)))];
  });
  return Object.fromEntries(values) as Record<Fields<Name>, number>;
}

/** Whether a value is what a card gives that is not there any more. */
export function isGone(word: bigint): boolean {
  return word === ALL_ONES;
}

function bits(name: RegisterName, field: string): readonly [number, number] {
  const fields: Readonly<Record<string, readonly [number, number]>> = REGISTERS[name].fields;
  return fields[field]!;
}
