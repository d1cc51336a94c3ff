import { defineConfig } from "vitest/config";

/**
 * The hardware in every configuration: minutes of building. What the default run has of it, the smallest
 * configuration, is there as well.
 */
export default defineConfig({
  test: {
    include: ["test/rtl/**/*.test.ts", "test/lockstep/**/*.test.ts"],
    env: { TERNAC_TEST_CONFIGURATIONS: "all" },
    disableConsoleIntercept: true, // @oclif/test captures the console itself
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
});
