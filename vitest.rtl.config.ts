import { defineConfig } from "vitest/config";

/** The modules of the core in Verilator, each against its definition: minutes of building. */
export default defineConfig({
  test: { include: ["test/rtl/**/*.test.ts"], testTimeout: 900_000, hookTimeout: 900_000 },
});
