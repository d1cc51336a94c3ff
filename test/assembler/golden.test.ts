import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type AssembleResult, assemble } from "../../src/assembler/index.js";
import { renderDiagnostics } from "../../src/diagnostics/render.js";
import { imageProblem } from "../../src/image/index.js";

// A case is a file NAME.tasm and beside it what is expected: NAME.err, everything that is printed
// about it, or NAME.lst, its listing and symbols. UPDATE_GOLDEN=1 writes what is found instead of
// comparing it: read the difference before it is committed.
const UPDATE = process.env.UPDATE_GOLDEN === "1";
const HERE = fileURLToPath(new URL(".", import.meta.url));

function readIn(folder: string) {
  return (path: string): Uint8Array | undefined => {
    const full = path.startsWith("/") ? path : `${HERE}${folder}/${path}`;
    return existsSync(full) ? readFileSync(full) : undefined;
  };
}

function run(folder: string, name: string): AssembleResult {
  const text = readFileSync(`${HERE}${folder}/${name}.tasm`, "utf8");
  return assemble(`${name}.tasm`, text, { readFile: readIn(folder) });
}

function rendered(folder: string, { diagnostics }: AssembleResult): string {
  const decoder = new TextDecoder();
  const read = readIn(folder);
  return renderDiagnostics(diagnostics, { source: (file) => decoder.decode(read(file)) });
}

function compare(path: string, found: string): void {
  if (UPDATE) writeFileSync(path, found);
  expect(existsSync(path), `${path} is missing: UPDATE_GOLDEN=1 writes it`).toBe(true);
  expect(found).toBe(readFileSync(path, "utf8"));
}

function cases(folder: string): string[] {
  const found = readdirSync(HERE + folder).filter((file) => file.endsWith(".tasm"));
  return found.map((file) => file.slice(0, -".tasm".length));
}

describe("errors", () => {
  test.each(cases("errors"))("%s", (name) => {
    const result = run("errors", name);
    expect(result.image).toBeUndefined();
    expect(result.diagnostics.some(({ severity }) => severity === "error")).toBe(true);
    compare(`${HERE}errors/${name}.err`, rendered("errors", result));
  });
});

describe("warnings", () => {
  test.each(cases("warnings"))("%s", (name) => {
    const result = run("warnings", name);
    expect(result.image).toBeDefined();
    expect(result.diagnostics).not.toEqual([]);
    compare(`${HERE}warnings/${name}.err`, rendered("warnings", result));
  });
});

describe("listings", () => {
  test.each(cases("ok"))("%s", (name) => {
    const result = run("ok", name);
    expect(rendered("ok", result)).toBe("");
    expect(imageProblem(result.image!)).toBeUndefined();
    compare(`${HERE}ok/${name}.lst`, `${result.listing()}\n${result.symbolMap()}`);
  });

  test.each(cases("ok"))("%s: the expanded source is the same program", (name) => {
    const { image, expanded } = run("ok", name);
    const again = assemble(`${name}.tasm`, expanded(), { readFile: readIn("ok") });
    expect(again.diagnostics).toEqual([]);
    const withoutPlaces = { lines: [] };
    expect({ ...again.image, ...withoutPlaces }).toEqual({ ...image, ...withoutPlaces });
  });
});
