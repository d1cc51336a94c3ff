/**
 * `npm test`: every check of the project, on a machine with nothing but Node. The last line counts
 * them: `N passed, N failed[, N skipped]`. A test of vitest counts as one; so does each other check.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPackages, npm, root, run, tool } from "./setup.mjs";
import { installVerilator } from "./verilator.mjs";

const count = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

/** Run one check; it counts as one. */
function check(title, status) {
  console.error(`\n== ${title}`);
  const started = performance.now();
  const ok = status() === 0;
  count[ok ? "passed" : "failed"]++;
  if (!ok) failures.push(title);
  console.error(
    `== ${title}: ${ok ? "passed" : "FAILED"} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
  );
}

function skip(title, reason) {
  console.error(`\n== ${title}: skipped, ${reason}`);
  count.skipped++;
}

function unitTests() {
  console.error("\n== tests");
  const folder = mkdtempSync(join(tmpdir(), "ternac-test-"));
  try {
    const report = join(folder, "vitest.json");
    const status = tool("vitest/vitest.mjs", [
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ]);
    countTests(status, report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countTests(status, report) {
  let results;
  try {
    results = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    results = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, testResults: [] };
  }
  // A file that fails before its first test (a syntax error, a failing hook) has no failing test.
  const brokenFiles = results.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.every((t) => t.status !== "failed"),
  );
  let failed = results.numFailedTests + brokenFiles.length;
  if (failed === 0 && (status !== 0 || results.numPassedTests === 0)) failed = 1;
  count.passed += results.numPassedTests;
  count.failed += failed;
  count.skipped += results.numPendingTests + (results.numTodoTests ?? 0);
  if (failed > 0) failures.push(`tests (${failed})`);
}

/** Each module as the top one, with all that it is made of. */
function lintHardware(unavailable) {
  const title = "Verilator lint of rtl/*.sv";
  if (unavailable) return skip(title, unavailable);
  const modules = readdirSync(`${root}rtl`).filter((name) => /(?<!_pkg)\.sv$/.test(name));
  const lint = (module) =>
    run("verilator", ["--lint-only", "-Wall", "-F", "rtl/ternac.f", `rtl/${module}`]);
  check(title, () => Math.max(...modules.map(lint)));
}

installPackages();
const unavailable = installVerilator(); // some of the tests use it, too
check("generated files are up to date", () =>
  npm(["run", "--silent", "generate", "--", "--check"]),
);
check("compiled kernels are up to date", () =>
  run(process.execPath, ["scripts/kernels.mjs", "--check"]),
);
check("types", () => tool("typescript/bin/tsc", ["-p", "."]));
check("format and lint", () => tool("@biomejs/biome/bin/biome", ["ci", "--colors=off"]));
check("build", () => run(process.execPath, ["scripts/build.mjs"]));
unitTests();
check("package", () => run(process.execPath, ["scripts/check-package.mjs"]));
lintHardware(unavailable);

if (failures.length > 0) console.error(`\nFailed: ${failures.join(", ")}`);
const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`);
process.exitCode = count.failed > 0 ? 1 : 0;
