import { describe, expect, it } from "vitest";
import { CONFIGURATIONS } from "../../src/isa/index.js";
import { lint, missingTools } from "./verilator.js";

const missing = missingTools();
if (missing.length > 0) console.warn(`the core is not linted: ${missing.join(", ")} not found`);

describe.skipIf(missing.length > 0)("Verilator's linter, every warning on", () => {
  it.each(CONFIGURATIONS.map(({ name }) => name))("has nothing to say of the core of %s", (name) =>
    expect(lint("ternac_core", name)).toBe(""),
  );

  // Some signals are there for assertions only.
  it("has nothing to say of what is synthesised", () =>
    expect(lint("ternac_core", "tiny", "-DSYNTHESIS", "-Wno-UNUSEDSIGNAL")).toBe(""));

  it("has something to say of a configuration that there is not", () =>
    expect(lint("ternac_core", "none")).toMatch(/ConfigNone/));
});
