import type { ImageSymbol, Section } from "../image/index.js";
import { tensorSize } from "../image/index.js";
import { byteLines } from "./data-bytes.js";
import { tensorLines } from "./data-values.js";
import { labelLines } from "./labels.js";
import type { LabelledAddress } from "./names.js";

/** A file that holds the data of sections, such as the image itself. */
export interface DataFile {
  /** As `.incbin` is to name it. */
  readonly path: string;
  /** Offset in the file of a section's first byte. */
  offsetOf(section: Section): number;
  /** Stretches between labels that have more bytes come from the file. */
  readonly threshold: number;
}

/** Stretches of at most this many bytes are written out even if a file holds them. */
const THRESHOLD = 256;

/**
 * The file that an image was read from, as the holder of its data.
 * @param path as `.incbin` is to name it
 * @param bytes what was given to `readElf`
 */
export function dataInImageFile(path: string, bytes: Uint8Array, threshold = THRESHOLD): DataFile {
  return {
    path,
    threshold,
    offsetOf: ({ data }) => (data?.byteOffset ?? bytes.byteOffset) - bytes.byteOffset,
  };
}

/**
 * How data is written: all of it; as zeros, which keep addresses and code but not contents; or large
 * stretches from a file.
 */
export type DataForm = "full" | "none" | DataFile;

/** The lines of a section of DRAM or of metadata. */
export function* dataLines(
  section: Section,
  labels: readonly LabelledAddress[],
  form: DataForm,
): Generator<string, void, undefined> {
  const places = labels.some(({ offset }) => offset === 0)
    ? labels
    : [{ offset: 0, symbols: [] }, ...labels];
  for (const [i, { offset, symbols }] of places.entries()) {
    yield* labelLines(symbols);
    const end = places[i + 1]?.offset ?? section.size;
    if (end > offset) yield* stretchLines(section, offset, end, symbols, form);
  }
}

function* stretchLines(
  section: Section,
  start: number,
  end: number,
  symbols: readonly ImageSymbol[],
  form: DataForm,
): Generator<string, void, undefined> {
  const bytes = section.data?.subarray(start, end);
  if (!bytes || (form === "none" && section.kind === "data")) {
    yield `    .zero ${end - start}`;
    return;
  }
  if (typeof form === "object" && bytes.length > form.threshold) {
    yield `    .incbin ${JSON.stringify(form.path)}, ${form.offsetOf(section) + start}, ${end - start}`;
    return;
  }
  const tensor = symbols.find((symbol) => symbol.tensor)?.tensor;
  const size = tensor ? tensorSize(tensor) : 0;
  const lines = tensor && size <= bytes.length && tensorLines(bytes.subarray(0, size), tensor);
  if (lines) yield* lines;
  const rest = bytes.subarray(lines ? size : 0);
  if (rest.length > 0) yield* byteLines(rest, section.address + end - rest.length);
}
