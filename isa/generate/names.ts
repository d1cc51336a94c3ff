/** The first line of a generated file, after the comment sign of its language. */
export const GENERATED = "Generated from isa/*.yaml by `npm run generate`. Do not edit.";

/** `address_misaligned`, `ldv.h` as SystemVerilog constants are written: `AddressMisaligned`. */
export function upperCamelCase(name: string): string {
  return name
    .split(/[._]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
