/**
 * `npm run test:large`: images of more than 2 GiB, and DRAM in use above 4 GiB, through the built
 * commands. Takes minutes, 6 GB of disk and 8 GB of memory; where there is less it says so, tests
 * nothing and succeeds. `npm test` has the cheap part: test/cli/large-addresses.test.ts.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const GB = 1e9;
const NEEDED = { disk: 6 * GB, memory: 8 * GB };
const root = fileURLToPath(new URL("..", import.meta.url));
const [VOCABULARY, WIDTH] = [300_000, 2048];

/** Memory that a program can have, which on Linux is more than what is free. */
function availableMemory() {
  try {
    const found = /^MemAvailable: *(\d+) kB/m.exec(readFileSync("/proc/meminfo", "utf8"));
    if (found) return Number(found[1]) * 1024;
  } catch {
    // no Linux
  }
  return freemem();
}

function shortOf() {
  const { bavail, bsize } = statfsSync(tmpdir());
  const has = { disk: bavail * bsize, memory: availableMemory() };
  return Object.keys(NEEDED)
    .filter((what) => has[what] < NEEDED[what])
    .map(
      (what) => `${NEEDED[what] / GB} GB of ${what}, and ${(has[what] / GB).toFixed(1)} are free`,
    );
}

function ternac(...args) {
  const run = spawnSync(process.execPath, [join(root, "bin/run.js"), ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "inherit"],
  });
  assert.equal(run.status, 0, `ternac ${args.join(" ")}: exit status ${run.status}`);
  return args.includes("--json") ? JSON.parse(run.stdout) : run.stdout;
}

function test(title, run) {
  const started = performance.now();
  run();
  console.log(`passed: ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}

/** A model whose embeddings alone have 2.3 GiB. */
async function largeImage(folder) {
  const model = join(folder, "huge");
  const image = join(folder, "huge.elf");
  mkdirSync(model);
  const shape = { vocab_size: VOCABULARY, hidden_size: WIDTH, num_hidden_layers: 1 };
  writeFileSync(join(model, "config.json"), JSON.stringify({ model_type: "hgrn_bit", ...shape }));
  const last = VOCABULARY - 1;

  test("an image above 2 GiB is compiled and written", () => {
    ternac("compile", model, "--synthetic", "-o", image);
    assert.ok(statSync(image).size > 2 ** 31, `${statSync(image).size} bytes`);
  });
  const checkpoint = await syntheticCheckpoint(model);
  const rows = { start: last, end: VOCABULARY };
  const weights = await checkpoint.readRows("model.embeddings.weight", rows);
  test("its last embedding, beyond 2 GiB, is the one of the recipe", () => {
    const row = new Int32Array(WIDTH);
    const at = sectionOffset(image, ".data") + last * WIDTH * 4;
    assert.ok(at > 2 ** 31);
    const file = openSync(image, "r");
    readSync(file, row, 0, row.byteLength, at);
    closeSync(file);
    assert.deepEqual(
      [...row],
      [...weights].map((weight) => fromReal(weight)),
    );
  });
  test("it generates the same with every kernel", () => {
    const generate = [
      "generate",
      image,
      "--ids",
      "--prompt",
      `${last} 5`,
      "--tokens",
      "2",
      "--json",
    ];
    const { tokens } = ternac(...generate);
    assert.equal(tokens.length, 2);
    assert.deepEqual(ternac(...generate, "--kernel", "plain").tokens, tokens);
  });
  rmSync(image);
}

/** Data of 2.5 GiB in an image, and results that lie above 4 GiB. */
function largeData(folder) {
  const size = 2.5 * 2 ** 30;
  const data = join(folder, "data.bin");
  const file = openSync(data, "w");
  ftruncateSync(file, size);
  writeSync(
    file,
    Int32Array.from({ length: 16 }, (_, i) => (i - 8) << 20),
    0,
    64,
    size - 64,
  );
  closeSync(file);
  const source = join(folder, "data.tasm");
  const text = `
        .text
        setvli  16
        la      x5, last
        ldv     v0, (x5)
        add     v1, v0, v0
        la      x6, sum
        sv      (x6), v1
        enq     x6
        halt
        .data
        .incbin "data.bin"
last = . - 64
        .bss
        .zero   ${2 ** 31}
        .globl  sum
        .tensor sum, q, 16
sum:    .zero   64
`;
  writeFileSync(source, text);
  const image = join(folder, "data.elf");
  test("a program of 2.5 GiB is assembled, run, and writes above 4 GiB", () => {
    ternac("asm", source, "--config", "d5005", "-o", image);
    const { output, tensors } = ternac("run", image, "--get", "sum", "--json");
    assert.ok(output[0] > 2 ** 32, `sum is at ${output[0]}`);
    const one = fromReal(1);
    const expected = Array.from({ length: 16 }, (_, i) => (2 * ((i - 8) << 20)) / one);
    assert.deepEqual(tensors.sum.data, expected);
  });
}

/** Where a section's contents are in an ELF file. */
function sectionOffset(image, name) {
  const file = openSync(image, "r");
  const read = (position, size) => {
    const bytes = Buffer.alloc(size);
    assert.equal(readSync(file, bytes, 0, size, position), size);
    return bytes;
  };
  const header = read(0, 64);
  const table = Number(header.readBigUInt64LE(40));
  const count = header.readUInt16LE(60);
  const headers = read(table, count * 64);
  const field = (section, at) => Number(headers.readBigUInt64LE(section * 64 + at));
  const names = header.readUInt16LE(62);
  const text = read(field(names, 24), field(names, 32));
  for (let section = 0; section < count; section++) {
    const start = headers.readUInt32LE(section * 64);
    if (text.toString("latin1", start, text.indexOf(0, start)) !== name) continue;
    closeSync(file);
    return field(section, 24);
  }
  throw new Error(`${image} has no section ${name}`);
}

const short = shortOf();
if (short.length > 0) {
  console.log(`skipped: this takes ${short.join("; it takes ")}`);
  process.exit();
}
const build = spawnSync(process.execPath, [join(root, "scripts/build.mjs"), "--no-types"], {
  stdio: "inherit",
});
assert.equal(build.status, 0, "the program cannot be built");
const { fromReal, syntheticCheckpoint } = await import(
  pathToFileURL(join(root, "dist/index.js")).href
);
const folder = mkdtempSync(join(tmpdir(), "ternac-large-"));
process.once("SIGINT", () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(130);
});
try {
  await largeImage(folder);
  largeData(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
