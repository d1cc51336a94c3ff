import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "isa/**/*.test.ts"],
    // They build simulators, which takes minutes: npm run test:rtl.
    exclude: ["test/rtl/**", "**/node_modules/**"],
    disableConsoleIntercept: true, // @oclif/test captures the console itself
    testTimeout: 60_000,
  },
});
