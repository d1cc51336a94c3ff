/**
 * How long the assembly of 35,000 lines takes, beside GNU as on a comparable file.
 *
 *     npx tsx bench/assembler.ts [lines] [runs]
 *
 * The assembler is bundled first, as it is shipped; every run is a process of its own that reads the
 * file, assembles it and drops the image, so that what a user waits for is measured, start-up and
 * warm-up included. The time inside assemble() is printed as well.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** A kernel writer's mixture: loads, arithmetic, branches, labels, comments, addresses of symbols. */
function ternacSource(lines: number): string {
  const out = ["# generated for measurement", "    .bss", "buffer: .zero 65536", "    .text"];
  out.push("_start:", "    setvli 256", "    la x5, buffer");
  for (let block = 0; out.length < lines - 1; block++) {
    const [a, b] = [block % 8, (block + 1) % 8];
    out.push(
      `block${block}:`,
      `    ldv v${a}, ${64 * (block % 100)}(x5)    # block ${block}`,
      `    ldv v${b}, buffer + ${64 * (block % 200)}(x0)`,
      `    mul v${a}, v${a}, v${b}`,
      `    add v${a}, v${a}, x${block % 32}`,
      `    sv ${64 * (block % 100)}(x5), v${a}`,
      `    addi x6, x6, ${block}`,
      `    bne x6, x7, block${block}`,
      `    li x8, buffer + 4 * ${block}`,
      "",
    );
  }
  return [...out.slice(0, lines - 1), "    halt", ""].join("\n");
}

/** The same mixture for x86-64. */
function x86Source(lines: number): string {
  const out = ["# generated for measurement", "    .bss", "buffer: .zero 65536", "    .text"];
  out.push("_start:", "    movl $256, %ecx", "    leaq buffer(%rip), %rsi");
  for (let block = 0; out.length < lines - 1; block++) {
    const [a, b] = [block % 8, (block + 1) % 8];
    out.push(
      `block${block}:`,
      `    movaps ${64 * (block % 100)}(%rsi), %xmm${a}    # block ${block}`,
      `    movaps buffer + ${64 * (block % 200)}(%rip), %xmm${b}`,
      `    mulps %xmm${b}, %xmm${a}`,
      `    addps %xmm${b}, %xmm${a}`,
      `    movaps %xmm${a}, ${64 * (block % 100)}(%rsi)`,
      `    addq $${block}, %rdi`,
      `    jne block${block}`,
      `    movq $buffer + 4 * ${block}, %rdx`,
      "",
    );
  }
  return [...out.slice(0, lines - 1), "    hlt", ""].join("\n");
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

/** Wall-clock milliseconds of a command, and what it printed. */
function timed(command: string, args: readonly string[]): { ms: number; output: string } {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return { ms: performance.now() - start, output: stdout };
}

const RUNNER = `
import { readFileSync } from "node:fs";
import { assemble } from "./assembler/index.js";
const text = readFileSync(process.argv[2], "utf8");
const start = performance.now();
const { image, diagnostics } = assemble("bench.tasm", text, { readFile: () => undefined });
const ms = performance.now() - start;
const errors = diagnostics.filter(({ severity }) => severity === "error");
if (!image) throw new Error(JSON.stringify(errors.slice(0, 3)));
console.log(JSON.stringify({ ms, instructions: image.lines.length }));
`;

async function main(): Promise<void> {
  const lines = Number(process.argv[2] ?? 35_000);
  const runs = Number(process.argv[3] ?? 7);
  const directory = mkdtempSync(join(tmpdir(), "assembler-bench-"));
  try {
    const runner = join(directory, "runner.mjs");
    await build({
      stdin: {
        contents: RUNNER,
        resolveDir: fileURLToPath(new URL("../src", import.meta.url)),
        loader: "ts",
      },
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: runner,
      logLevel: "error",
    });
    const source = join(directory, "bench.tasm");
    writeFileSync(source, ternacSource(lines));
    const whole: number[] = [];
    const inside: number[] = [];
    let instructions = 0;
    for (let run = 0; run < runs; run++) {
      const { ms, output } = timed(process.execPath, [runner, source]);
      const report = JSON.parse(output) as { ms: number; instructions: number };
      whole.push(ms);
      inside.push(report.ms);
      instructions = report.instructions;
    }
    const show = (ms: number) => `${ms.toFixed(0)} ms`;
    console.log(`${lines} lines, ${instructions} instructions, median of ${runs} runs`);
    console.log(`assemble()          ${show(median(inside))}`);
    console.log(`the whole process   ${show(median(whole))}`);

    const x86 = join(directory, "bench.s");
    writeFileSync(x86, x86Source(lines));
    if (spawnSync("as", ["--version"]).status !== 0 || process.arch !== "x64") {
      console.log("no GNU as for x86-64 here: no comparison");
      return;
    }
    const args = ["-o", join(directory, "bench.o"), x86];
    const gnu = median(Array.from({ length: runs }, () => timed("as", args).ms));
    console.log(`GNU as              ${show(gnu)}`);
    console.log(`ratio               ${(median(whole) / gnu).toFixed(1)} (whole process)`);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

await main();
