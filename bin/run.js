#!/usr/bin/env node
import { existsSync } from "node:fs";

const main = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(main)) {
  const { execute } = await import(main);
  await execute({ dir: import.meta.url });
} else {
  console.error("error: ternac is not built yet\nhelp: run npm ci && npm run build");
  process.exitCode = 1;
}
