import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SIMULATOR_LIMIT, SimulatorCache } from "./simulator-cache.js";

const key = (i: number) => i.toString(16).padStart(64, "0");

describe("SimulatorCache", () => {
  let folder: string;
  let cache: SimulatorCache;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ternac-simulators-"));
    cache = new SimulatorCache(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Build a program, as the name says. */
  function make(i: number): Promise<string> {
    return cache.locked(key(i), async () => {
      const program = join(cache.folder, `.program${i}`);
      writeFileSync(program, `${i}`);
      return cache.store(key(i), program);
    });
  }

  it("finds what was stored, and nothing else", async () => {
    expect(cache.find(key(1))).toBeUndefined();
    const path = await make(1);
    expect(cache.find(key(1))).toBe(path);
    expect(cache.find(key(2))).toBeUndefined();
    expect(cache.entries()).toMatchObject([{ path, size: 1 }]);
  });

  it("removes what was not used for longest", async () => {
    for (let i = 0; i < SIMULATOR_LIMIT; i++) {
      const path = await make(i);
      utimesSync(path, i, i);
    }
    cache.find(key(0)); // it is used
    await make(100);
    expect(cache.find(key(1))).toBeUndefined();
    expect(cache.find(key(0))).toBeDefined();
    expect(cache.entries()).toHaveLength(SIMULATOR_LIMIT);
  });

  it("lets one work at a time for a key", async () => {
    const steps: string[] = [];
    const work = (name: string) =>
      cache.locked(key(1), async () => {
        steps.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        steps.push(`${name} ends`);
      });
    await Promise.all([work("a"), work("b"), cache.locked(key(2), async () => steps.push("c"))]);
    expect(steps.slice(0, 2)).toContain("c");
    const ab = steps.filter((step) => step !== "c");
    expect(ab[0]!.slice(0, 1)).toBe(ab[1]!.slice(0, 1));
    expect(ab[2]!.slice(0, 1)).toBe(ab[3]!.slice(0, 1));
  });

  it("takes over from who failed, and from who is no more", async () => {
    const failing = cache.locked(key(1), () => Promise.reject(new Error("no disk")));
    await expect(failing).rejects.toThrow("no disk");
    mkdirSync(cache.folder, { recursive: true });
    writeFileSync(join(cache.folder, `${key(1)}.lock`), "999999999"); // no such process
    expect(await make(1)).toBe(cache.find(key(1)));
    expect(existsSync(join(cache.folder, `${key(1)}.lock`))).toBe(false);
  });

  it("can be cleared", async () => {
    await make(1);
    await make(2);
    expect(cache.clear()).toHaveLength(2);
    expect(cache.entries()).toEqual([]);
  });
});
