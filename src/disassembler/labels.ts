import type { ImageSymbol } from "../image/index.js";

/** The lines that define symbols at the place where they stand. */
export function* labelLines(symbols: readonly ImageSymbol[]): Generator<string, void, undefined> {
  for (const { name, global, tensor } of symbols) {
    if (global) yield `    .globl ${name}`;
    yield `${name}:`;
    // The language has no tensor without dimensions.
    if (tensor && tensor.shape.length > 0)
      yield `    .tensor ${[name, tensor.type, ...tensor.shape].join(", ")}`;
  }
}
