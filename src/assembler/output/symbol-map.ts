import type { ImageSymbol } from "../../image/image.js";

/** The symbols by address: address or value, size, kind, binding, name, and tensor type. */
export function symbolMap(symbols: readonly ImageSymbol[]): string {
  const kinds: readonly ImageSymbol["kind"][] = ["object", "code", "constant"];
  const sorted = [...symbols].sort(
    (a, b) =>
      kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
      a.address - b.address ||
      (a.name < b.name ? -1 : 1),
  );
  return sorted
    .map(({ address, size, kind, global, name, tensor }) => {
      const value = BigInt.asUintN(64, BigInt(address)).toString(16).padStart(16, "0");
      const shape = tensor ? `  ${tensor.type} [${tensor.shape.join(", ")}]` : "";
      const binding = global ? "global" : "local";
      return `${value} ${String(size).padStart(12)} ${kind.padEnd(8)} ${binding.padEnd(6)} ${name}${shape}\n`;
    })
    .join("");
}
