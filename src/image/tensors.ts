import { decodeText } from "./elf/strings.js";
import type { ImageSymbol, TensorType } from "./image.js";
import type { Place } from "./place.js";

const ROW = /^([1-9]\d{0,9}) (\w+)((?: \d{1,16})*)$/;

/**
 * The contents of the section of tensor types: NUL-terminated text rows (`readelf -p` shows them)
 * of symbol number, type and dimensions, such as `12 q 24 1024`.
 * @param symbols in file order
 */
export function writeTensors(symbols: readonly ImageSymbol[]): Uint8Array {
  const rows = symbols.flatMap(({ tensor }, i) =>
    tensor ? [`${[i + 1, tensor.type, ...tensor.shape].join(" ")}\0`] : [],
  );
  return new TextEncoder().encode(rows.join(""));
}

/** The symbols with the tensor types of the section. */
export function readTensors(
  bytes: Uint8Array,
  symbols: readonly Omit<ImageSymbol, "tensor">[],
  place: Place,
): ImageSymbol[] {
  const result: ImageSymbol[] = [...symbols];
  if (bytes.length === 0) return result;
  const rows = decodeText(bytes, place).split("\0");
  if (rows.pop() !== "") place.fail("its last row has no end");
  for (const row of rows) {
    const [, number, type, dimensions] =
      ROW.exec(row) ??
      place.fail(
        `found ${JSON.stringify(row.slice(0, 60))}, expected symbol number, type, dimensions`,
      );
    const index = Number(number) - 1;
    const symbol = result[index] ?? place.fail(`there is no symbol ${number}`);
    if (symbol.tensor) place.fail(`symbol ${number} has two rows`);
    const shape = dimensions!.split(" ").slice(1).map(Number);
    result[index] = { ...symbol, tensor: { type: type as TensorType, shape } };
  }
  return result;
}
