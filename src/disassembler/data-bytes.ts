const INDENT = "    ";
const WORD_BYTES = 8;
const WORDS_PER_LINE = 4;
/** Fewer zero bytes stay in the words around them. */
const MIN_ZEROS = 32;
const MAX_TEXT_COLUMNS = 88;

/**
 * Bytes of which nothing is known: text as strings, else 64-bit words and runs of zeros.
 * @param address of the first byte, so that words are aligned
 */
export function* byteLines(bytes: Uint8Array, address: number): Generator<string, void, undefined> {
  if (isText(bytes)) {
    yield* textLines(bytes);
    return;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = Math.min((WORD_BYTES - (address % WORD_BYTES)) % WORD_BYTES, bytes.length);
  const end = start + Math.floor((bytes.length - start) / WORD_BYTES) * WORD_BYTES;
  if (start > 0) yield plainBytes(bytes.subarray(0, start));
  for (let at = start; at < end; ) {
    const zeros = zeroRun(view, at, end);
    if (zeros >= MIN_ZEROS) {
      yield `${INDENT}.zero ${zeros}`;
      at += zeros;
      continue;
    }
    const words = [];
    while (at < end && words.length < WORDS_PER_LINE) {
      if (words.length > 0 && zeroRun(view, at, Math.min(end, at + MIN_ZEROS)) >= MIN_ZEROS) break;
      words.push(`0x${view.getBigUint64(at, true).toString(16).padStart(16, "0")}`);
      at += WORD_BYTES;
    }
    yield `${INDENT}.dword ${words.join(", ")}`;
  }
  if (end < bytes.length) yield plainBytes(bytes.subarray(end));
}

/** Bytes of zero words from `at` on. */
function zeroRun(view: DataView, at: number, end: number): number {
  let next = at;
  while (next < end && view.getUint32(next) === 0 && view.getUint32(next + 4) === 0)
    next += WORD_BYTES;
  return next - at;
}

function plainBytes(bytes: Uint8Array): string {
  return `${INDENT}.byte ${[...bytes].map((byte) => `0x${byte.toString(16).padStart(2, "0")}`).join(", ")}`;
}

const ESCAPES = new Map([
  [0x09, "\\t"],
  [0x0a, "\\n"],
  [0x0d, "\\r"],
  [0x22, '\\"'],
  [0x5c, "\\\\"],
]);

/** UTF-8 of at least four bytes without control characters but tabs and ends of lines. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  const printable = (byte: number) => (byte >= 0x20 && byte !== 0x7f) || [9, 10, 13].includes(byte);
  if (!bytes.every(printable)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** A line of the text a string, or several when it is long. */
function* textLines(bytes: Uint8Array): Generator<string, void, undefined> {
  let text = "";
  for (const [i, byte] of bytes.entries()) {
    const isAscii = byte >= 0x20 && byte < 0x7f;
    text +=
      ESCAPES.get(byte) ??
      (isAscii ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`);
    if (byte === 0x0a || text.length >= MAX_TEXT_COLUMNS || i === bytes.length - 1) {
      yield `${INDENT}.ascii "${text}"`;
      text = "";
    }
  }
}
