/** Bytes of a UUID, in the order in which its text has them, as libopae-c and GBS files keep them. */
export const UUID_BYTES = 16;

const TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The bytes of a UUID's text, or undefined when it is none: 8-4-4-4-12 hexadecimal digits, in either case. */
export function parseUuid(text: string): Uint8Array | undefined {
  return TEXT.test(text) ? new Uint8Array(Buffer.from(text.replaceAll("-", ""), "hex")) : undefined;
}

/** The text of a UUID, in lower case. @param bytes 16 */
export function formatUuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  const part = (from: number, to: number) => hex.slice(from, to);
  return [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-");
}

/**
 * A UUID as an accelerator's feature header has it: two words, of which the first in the text is the
 * high one (MMIO 0x10), the second the low one (MMIO 0x8).
 */
export function uuidOfWords(low: bigint, high: bigint): string {
  const bytes = new Uint8Array(UUID_BYTES);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, high);
  view.setBigUint64(8, low);
  return formatUuid(bytes);
}
