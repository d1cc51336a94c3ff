import { describe, expect, it } from "vitest";
import { CONFIGURATIONS } from "../../src/isa/index.js";
import { missingTools, run } from "./verilator.js";

const missing = missingTools();
if (missing.length > 0)
  console.warn(`the accelerator is not linted: ${missing.join(", ")} not found`);

const packages = ["-F", "rtl/ternac.f", "rtl/card/ternac_csr_pkg.sv"];

/** What Verilator has to say about the accelerator of a configuration, by its number. */
function lint(config: number, ...flags: readonly string[]): string {
  const { status, stderr } = run("verilator", [
    ...["--lint-only", "-Wall", ...flags, `-GConfigIndex=${config}`, "--top", "ternac_accelerator"],
    ...[...packages, "-y", "rtl", "-y", "rtl/card", "rtl/card/ternac_accelerator.sv"],
  ]);
  return status === 0 ? stderr : `${stderr}\nexit ${status}`;
}

describe.skipIf(missing.length > 0)("Verilator's linter, every warning on", () => {
  it.each(CONFIGURATIONS.map(({ name }, config) => [name, config] as const))(
    "has nothing to say of the accelerator of %s",
    (_, config) => expect(lint(config)).toBe(""),
  );

  // Some signals are there for assertions only.
  it("has nothing to say of what is synthesised", () =>
    expect(lint(0, "-DSYNTHESIS", "-Wno-UNUSEDSIGNAL")).toBe(""));
});
