import { afterEach, describe, expect, it, vi } from "vitest";
import { DiagnosticsError, UserError } from "../diagnostics/diagnostic.js";
import { ExitCode } from "./exit-codes.js";
import { describeFailure } from "./failure.js";
import { UsageError } from "./usage-error.js";

afterEach(() => vi.unstubAllEnvs());

describe("describeFailure", () => {
  it("tells bad input from bad usage", () => {
    expect(describeFailure(new UserError("a.elf: cut off", "make it again"))).toEqual({
      exitCode: ExitCode.badInput,
      message: "a.elf: cut off",
      help: "make it again",
    });
    expect(describeFailure(new UsageError("--input: no"))).toMatchObject({
      exitCode: ExitCode.badUsage,
      help: "see --help",
    });
    const diagnostics = [{ severity: "error", message: "no" }] as const;
    expect(describeFailure(new DiagnosticsError(diagnostics))).toMatchObject({
      exitCode: ExitCode.badInput,
      diagnostics,
    });
  });

  it("shows the stack of a bug only with DEBUG", () => {
    const bug = new TypeError("x is undefined");
    vi.stubEnv("DEBUG", "");
    const quiet = describeFailure(bug);
    expect(quiet).toMatchObject({
      exitCode: ExitCode.internal,
      message: "internal error: x is undefined",
    });
    expect(quiet.help).toMatch(/a bug in ternac.*DEBUG=1/);
    vi.stubEnv("DEBUG", "1");
    expect(describeFailure(bug).message).toMatch(
      /internal error: TypeError: x is undefined\n +at /,
    );
  });
});
