import { describe, expect, it } from "vitest";
import { UserError } from "../../diagnostics/diagnostic.js";
import { Emulator } from "../emulator.js";
import { availableKernels, chooseKernel } from "./choose.js";
import { KERNEL_NAMES } from "./kernel-names.js";

describe("the choice of a kernel", () => {
  it("is the last of those that the host can run, or the faster one with relaxed SIMD", () => {
    const available = availableKernels();
    expect(available[0]).toBe("plain");
    const chosen = chooseKernel();
    if (available.includes("relaxed-dot-add")) expect(chosen).toMatch(/^relaxed-dot/);
    else expect(chosen).toBe(available.at(-1));
    expect(chooseKernel()).toBe(chosen);
    expect(new Emulator().kernel).toBe(chosen);
  });

  it("has SIMD on every Node that is supported, and relaxed SIMD on x86-64 and ARM", () => {
    expect(availableKernels()).toContain("simd");
    expect(availableKernels()).toContain("relaxed-dot");
  });

  it.each(KERNEL_NAMES)("can be forced, or is refused with what there is: %s", (name) => {
    if (availableKernels().includes(name)) expect(new Emulator({ kernel: name }).kernel).toBe(name);
    else {
      expect(() => new Emulator({ kernel: name })).toThrow(UserError);
      expect(() => chooseKernel(name)).toThrow(`cannot run kernel "${name}"`);
    }
  });
});
