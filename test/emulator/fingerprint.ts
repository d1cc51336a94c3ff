import { createHash } from "node:crypto";
import type { MachineSnapshot } from "../../src/emulator/index.js";

function digest(...arrays: readonly NodeJS.ArrayBufferView[]): string {
  const hash = createHash("sha256");
  for (const array of arrays) hash.update(array);
  return hash.digest("hex");
}

/** Two machines with the same fingerprint are in the same architectural state. */
export function fingerprint(snapshot: MachineSnapshot): Record<string, unknown> {
  const { v, q, x, vl, pc, retired, memory, input, inputClosed, output } = snapshot;
  return {
    v: v.map((elements) => digest(elements)),
    q: q.map(({ values, length, absmax }) => [digest(values), length, absmax]),
    x: [...x],
    vl,
    pc,
    retired,
    memory: [...memory].map(([index, { bytes }]) => [index, digest(bytes)]),
    input,
    inputClosed,
    output,
  };
}
