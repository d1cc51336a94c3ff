import type { Section } from "./image.js";

/**
 * A function that finds the loaded section that holds an address, else the one that ends there
 * (where an end label points), else undefined; in logarithmic time.
 */
export function sectionFinder(
  sections: readonly Section[],
): (address: number) => Section | undefined {
  const loaded = sections
    .filter((section) => section.kind !== "metadata" && section.size > 0)
    .sort((a, b) => a.address - b.address || a.size - b.size);
  return (address) => {
    let low = 0;
    let high = loaded.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (loaded[middle]!.address <= address) low = middle + 1;
      else high = middle;
    }
    const last = loaded[low - 1];
    return last && address <= last.address + last.size ? last : undefined;
  };
}
