/**
 * Tokens a second of the d5005 core by the clock that it runs at, by the cycle model: npx tsx bench/clocks.ts
 * IMAGE... The DRAM stays as fast as it is.
 */

import { readFileSync } from "node:fs";
import { readElf } from "../src/image/index.js";
import { findConfiguration } from "../src/isa/index.js";
import { tokenClocks } from "../src/session/index.js";

const MHZ = [100, 150, 200, 250, 300];
const d5005 = findConfiguration("d5005")!;

console.log(`| image | ${MHZ.map((mhz) => `${mhz} MHz`).join(" | ")} |`);
console.log(`|---|${"---:|".repeat(MHZ.length)}`);
for (const file of process.argv.slice(2)) {
  const cells: string[] = [];
  for (const clock_mhz of MHZ) {
    const configuration = { ...d5005, core: { ...d5005.core, clock_mhz } };
    const clocks = await tokenClocks(readElf(file, readFileSync(file)), configuration);
    cells.push(`${Math.round((clock_mhz * 1e6) / clocks)}`);
  }
  console.log(`| ${file} | ${cells.join(" | ")} |`);
}
