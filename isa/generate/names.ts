/** The first line of a generated file, after the comment sign of its language. */
export const GENERATED = "Generated from isa/*.yaml by `npm run generate`. Do not edit.";

/** `address_misaligned`, `ldv.h` as SystemVerilog constants are written: `AddressMisaligned`. */
export function upperCamelCase(name: string): string {
  return name
    .split(/[._]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** A text as lines of at most `width` characters, each begun with `prefix`. */
export function wrap(text: string, prefix: string, width = 100): string {
  const lines: string[] = [];
  let line = prefix;
  for (const word of text.split(/\s+/)) {
    if (line !== prefix && line.length + 1 + word.length > width) {
      lines.push(line);
      line = prefix;
    }
    line += line === prefix ? word : ` ${word}`;
  }
  return [...lines, line].join("\n");
}
