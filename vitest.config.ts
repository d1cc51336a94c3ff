import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "isa/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "**/*.long.test.ts"], // npm run test:rtl
    disableConsoleIntercept: true, // @oclif/test captures the console itself
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2, // on two cores, one worker is the default
  },
});
