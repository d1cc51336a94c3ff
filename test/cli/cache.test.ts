import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ImageCache } from "../../src/cli/image-cache.js";
import { type CompileInputs, imageKey } from "../../src/cli/image-key.js";
import type { Image } from "../../src/image/image.js";
import { findConfiguration } from "../../src/isa/configurations.js";
import { SAMPLE } from "../image/sample.js";
import { TINY_CONFIG } from "../support/checkpoints.js";
import { root, temporaryFolder, ternac, ternacJson } from "./support.js";

const path = temporaryFolder();
const SHAKESPEARE = "models/shakespeare";
/** Long after every file here was written. */
const LATER = Date.now() + 3_600_000;
const INPUTS: CompileInputs = {
  configuration: findConfiguration("d5005")!,
  packing: "t5",
  synthetic: false,
};

function mount(...args: string[]): boolean {
  return spawnSync("mount", args).status === 0;
}

/** Run something with a file system in memory, which goes afterwards. */
async function withMount(options: string, use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path("mount-"));
  expect(mount("-t", "tmpfs", "-o", options, "ternac-test", folder)).toBe(true);
  try {
    await use(folder);
  } finally {
    expect(spawnSync("umount", [folder]).status).toBe(0);
  }
}

/** Whether this is a Linux machine and a user that may mount. */
const mayMount = (() => {
  if (process.platform !== "linux") return false;
  const folder = mkdtempSync(path("probe-"));
  return (
    mount("-t", "tmpfs", "-o", "size=4k", "ternac-test", folder) &&
    spawnSync("umount", [folder]).status === 0
  );
})();

describe("the key of a folder's image", () => {
  const folder = path("model");
  const program = path("program");
  const weights = `${folder}/model.safetensors`;
  const key = (inputs: Partial<CompileInputs> = {}) =>
    imageKey(folder, { ...INPUTS, ...inputs }, program, LATER);

  beforeAll(() => {
    mkdirSync(folder);
    mkdirSync(`${program}/dist`, { recursive: true });
    writeFileSync(`${folder}/config.json`, "{}");
    writeFileSync(weights, "weights");
    writeFileSync(`${program}/package.json`, '{ "version": "1.0.0" }');
    writeFileSync(`${program}/dist/index.js`, "");
  });

  it("is the same until something changes", () => {
    expect(key()).toMatch(/^[0-9a-f]{64}$/);
    expect(key()).toBe(key());
    writeFileSync(`${folder}/README.md`, "tells of the model");
    writeFileSync(`${program}/dist/index.d.ts`, "");
    expect(key()).toBe(key());
  });

  it.each<[string, () => void]>([
    ["weights that keep their size and their time", () => overwriteSecretly(weights)],
    ["weights that are replaced", () => replace(weights)],
    ["a new shard", () => writeFileSync(`${folder}/model-2.safetensors`, "")],
    ["config.json", () => appendFileSync(`${folder}/config.json`, " ")],
    ["a tokenizer", () => writeFileSync(`${folder}/tokenizer.json`, "{}")],
    ["the program", () => appendFileSync(`${program}/dist/index.js`, "//")],
    ["the program's version", () => appendFileSync(`${program}/package.json`, " ")],
  ])("is another after a change of %s", (_, change) => {
    const before = key();
    change();
    expect(key()).toMatch(/^[0-9a-f]{64}$/);
    expect(key()).not.toBe(before);
  });

  it("is another for other options and another name of the model", () => {
    const keys = [
      key(),
      key({ packing: "t4" }),
      key({ synthetic: true }),
      key({ configuration: findConfiguration("tiny")! }),
      key({ configuration: { ...INPUTS.configuration, dram: 2 ** 20 } }),
    ];
    renameSync(folder, path("renamed"));
    keys.push(imageKey(path("renamed"), INPUTS, program, LATER));
    renameSync(path("renamed"), folder);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).not.toContain(undefined);
  });

  it("is none while a file may still be changing, nor without a model", () => {
    replace(weights);
    expect(imageKey(folder, INPUTS, program)).toBeUndefined();
    expect(imageKey(path("nothing"), INPUTS, program, LATER)).toBeUndefined();
  });

  /** Other bytes in the same file, with the time of modification put back. */
  function overwriteSecretly(file: string): void {
    const { atime, mtime } = statSync(file);
    const descriptor = openSync(file, "r+");
    writeSync(descriptor, "W");
    closeSync(descriptor);
    utimesSync(file, atime, mtime);
  }

  function replace(file: string): void {
    copyFileSync(file, `${file}.new`);
    renameSync(`${file}.new`, file);
  }
});

/** Data that a small disk does not hold. */
const LARGE: Image = {
  ...SAMPLE,
  sections: SAMPLE.sections.map((section) =>
    section.kind === "metadata" && section.data
      ? { ...section, size: 1 << 17, data: new Uint8Array(1 << 17) }
      : section,
  ),
};

describe("the cache of images", () => {
  const keys = ["a", "b", "c"].map((letter) => letter.repeat(64));
  const [a, b, c] = keys as [string, string, string];

  it("gives back what it was given", async () => {
    const cache = new ImageCache(path("cache/images"));
    expect(await cache.find(a)).toBeUndefined();
    expect(await cache.store(a, SAMPLE)).toBe(true);
    expect(await cache.find(a)).toEqual(SAMPLE);
    expect(await cache.find(b)).toBeUndefined();
  });

  it("ignores and removes a damaged image, wherever it is damaged", async () => {
    const cache = new ImageCache(path("damaged"));
    await cache.store(a, SAMPLE);
    const file = `${cache.folder}/${a}.elf`;
    const good = readFileSync(file);
    for (const end of [0, 10, good.length - 1]) {
      writeFileSync(file, good.subarray(0, end));
      expect(await cache.find(a), `cut at ${end}`).toBeUndefined();
      expect(cache.entries()).toEqual([]);
    }
    const data = good.indexOf(Buffer.from([0, 1, 2, 3, 4, 5, 6, 7]));
    const flipped = Buffer.from(good);
    flipped[data + 3]! ^= 1;
    writeFileSync(file, flipped);
    expect(await cache.find(a)).toBeUndefined();
  });

  it("removes what was not used for longest", async () => {
    const probe = new ImageCache(path("probe"));
    await probe.store(a, SAMPLE);
    const { size } = probe.entries()[0]!;
    const cache = new ImageCache(path("small"), 2 * size);
    await cache.store(a, SAMPLE);
    await cache.store(b, SAMPLE);
    age(cache, a, 2000);
    age(cache, b, 1000);
    await cache.find(a); // now b is the oldest
    await cache.store(c, SAMPLE);
    expect(
      cache
        .entries()
        .map(({ path }) => basename(path, ".elf"))
        .sort(),
    ).toEqual([a, c]);
    const tiny = new ImageCache(path("tiny"), size - 1);
    expect(await tiny.store(a, SAMPLE)).toBe(false);
  });

  it("does without a folder that cannot be written", async () => {
    writeFileSync(path("file"), "");
    const below = ["file", "file/images"].map((name) => path(name));
    // Where there is no /proc, making it fails, too, unless root does it: then it is a folder like any.
    if (existsSync("/proc/self")) below.push("/proc/ternac/images");
    for (const folder of below) {
      const cache = new ImageCache(folder);
      expect(await cache.store(a, SAMPLE), folder).toBe(false);
      expect(await cache.find(a), folder).toBeUndefined();
      expect(cache.entries(), folder).toEqual([]);
      expect(cache.clear(), folder).toEqual([]);
    }
  });

  it.skipIf(!mayMount)("does without a disk that is full, and leaves nothing on it", async () => {
    await withMount("size=64k", async (folder) => {
      const cache = new ImageCache(`${folder}/images`);
      expect(await cache.store(a, SAMPLE)).toBe(true);
      expect(await cache.store(b, LARGE)).toBe(false);
      expect(readdirSync(cache.folder)).toEqual([`${a}.elf`]);
      expect(await cache.find(a)).toEqual(SAMPLE);
    });
  });

  it.skipIf(!mayMount)("takes images from a disk that cannot be written", async () => {
    await withMount("size=1m", async (folder) => {
      const cache = new ImageCache(`${folder}/images`);
      expect(await cache.store(a, SAMPLE)).toBe(true);
      expect(mount("-o", "remount,ro", folder)).toBe(true);
      expect(await cache.find(a)).toEqual(SAMPLE);
      expect(await cache.store(b, SAMPLE)).toBe(false);
      expect(await cache.find(b)).toBeUndefined();
    });
  });

  it.skipIf(process.platform === "win32")("leaves alone what is no file", async () => {
    const cache = new ImageCache(path("pipe"));
    mkdirSync(cache.folder);
    expect(spawnSync("mkfifo", [`${cache.folder}/${a}.elf`]).status).toBe(0);
    mkdirSync(`${cache.folder}/${b}.elf`);
    for (const key of [a, b]) {
      expect(await cache.find(key)).toBeUndefined();
      expect(await cache.store(key, SAMPLE)).toBe(false);
    }
  });

  function age(cache: ImageCache, key: string, seconds: number): void {
    const time = new Date(Date.now() - 1000 * seconds);
    utimesSync(`${cache.folder}/${key}.elf`, time, time);
  }
});

describe("generate with a cache", () => {
  const generate = async (...flags: string[]) =>
    (await ternacJson("generate", SHAKESPEARE, "--prompt", "ROMEO:", "--tokens", "4", ...flags))
      .json.tokens;
  const images = async () => (await ternacJson("cache")).json.images as { path: string }[];

  it("keeps nothing when it is told so", async () => {
    await generate("--no-cache");
    expect(await images()).toEqual([]);
  });

  it("gives the same the second time, from the cache", async () => {
    const first = await generate();
    const [image] = await images();
    expect(await generate()).toEqual(first);
    expect(await images()).toHaveLength(1);

    // Another model in its place tells that the second run really takes it from there.
    const other = path("imposter");
    mkdirSync(other);
    const vocabulary = { vocab_size: 2048, eos_token_id: null };
    writeFileSync(`${other}/config.json`, JSON.stringify({ ...TINY_CONFIG, ...vocabulary }));
    await ternac("compile", other, "--synthetic", "-o", path("imposter.elf"));
    const right = readFileSync(image!.path);
    copyFileSync(path("imposter.elf"), image!.path);
    expect(await generate()).not.toEqual(first);

    // A damaged one is compiled again.
    writeFileSync(image!.path, right.subarray(0, 1000));
    expect(await generate()).toEqual(first);
    expect(readFileSync(image!.path).equals(right)).toBe(true);
  });

  it("compiles again what was written just now, and keeps it apart", async () => {
    const copy = path("shakespeare");
    cpSync(`${root}${SHAKESPEARE}`, copy, { recursive: true });
    const before = await images();
    const { exitCode } = await ternac("generate", copy, "--tokens", "1");
    expect(exitCode).toBe(0);
    expect(await images()).toEqual(before);
  });

  it("is cleared", async () => {
    expect((await images()).length).toBeGreaterThan(0);
    const { json } = await ternacJson("cache", "--clear");
    expect(json.cleared).toBe(true);
    expect(readdirSync(json.folder)).toEqual([]);
    expect(await images()).toEqual([]);
    expect((await ternac("cache")).stdout).toMatch(/images +0/);
  });
});
