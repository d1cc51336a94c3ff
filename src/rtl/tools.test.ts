import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { findTools } from "./tools.js";

const folder = mkdtempSync(join(tmpdir(), "ternac-tools-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A PATH on which a tool says its version. */
function tools(versions: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const path = mkdtempSync(join(folder, "bin-"));
  for (const [name, version] of Object.entries(versions)) {
    writeFileSync(join(path, name), `#!/bin/sh\necho "${version}"\n`);
    chmodSync(join(path, name), 0o755);
  }
  return { PATH: [path, ""].join(delimiter) };
}

const ALL = { "g++": "g++ 12.2.0", make: "GNU Make 4.3" };

it("names every tool that is missing, and how to get them", () => {
  expect(() => findTools(tools({}))).toThrow(
    expect.objectContaining({
      message: "simulating the core needs verilator, g++, make, which are not installed",
      help: expect.stringContaining("install"),
    }),
  );
  expect(() => findTools(tools(ALL))).toThrow("needs verilator, which is not installed");
});

it("refuses a Verilator that is too old", () => {
  const old = "Verilator 4.210 2021-07-07 rev v4.210";
  expect(() => findTools(tools({ ...ALL, verilator: old }))).toThrow(
    `5.006 or newer, found "${old}"`,
  );
});

it("says the versions of the others", () => {
  const verilator = "Verilator 5.006 2023-01-22 rev (Debian 5.006-3)";
  expect(findTools(tools({ ...ALL, verilator }))).toEqual({ verilator, compiler: "g++ 12.2.0" });
});
