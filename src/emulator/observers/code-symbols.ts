import type { Image, ImageSymbol } from "../../image/image.js";

/** Code symbols by ascending address; of several at one address the first is kept. */
function codeSymbols({ symbols }: Image): ImageSymbol[] {
  const seen = new Set<number>();
  return symbols
    .filter(({ kind, address }) => kind === "code" && !seen.has(address) && seen.add(address))
    .sort((a, b) => a.address - b.address);
}

/** Names code addresses: `label`, `label+0x10`, or nothing before the first label. */
export class CodeSymbols {
  readonly #symbols: readonly ImageSymbol[];

  constructor(image: Image) {
    this.#symbols = codeSymbols(image);
  }

  /** The symbol that stands at an address. */
  at(address: number): string | undefined {
    const symbol = this.#before(address);
    return symbol?.address === address ? symbol.name : undefined;
  }

  /** The last symbol at or before an address, and the distance from it. */
  place(address: number): string | undefined {
    const symbol = this.#before(address);
    if (!symbol) return undefined;
    const offset = address - symbol.address;
    return offset === 0 ? symbol.name : `${symbol.name}+0x${offset.toString(16)}`;
  }

  #before(address: number): ImageSymbol | undefined {
    let low = 0;
    let high = this.#symbols.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#symbols[middle]!.address <= address) low = middle + 1;
      else high = middle;
    }
    return this.#symbols[low - 1];
  }
}
