import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, test } from "vitest";
import { makeFolder } from "./make-folder.js";

const root = mkdtempSync(join(tmpdir(), "ternac-folder-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("makes what is missing, and no more than that", () => {
  const folder = join(root, "a/b/c");
  makeFolder(folder, 0o700);
  expect(statSync(folder).isDirectory()).toBe(true);
  if (process.platform !== "win32") expect(statSync(folder).mode & 0o777).toBe(0o700);
  makeFolder(folder);
  makeFolder(join(root, "a/b/d"));
});

describe("what is in the way is an error", () => {
  it("a file", () => {
    writeFileSync(join(root, "file"), "");
    expect(() => makeFolder(join(root, "file"))).toThrow("EEXIST");
    expect(() => makeFolder(join(root, "file/below/it"))).toThrow(/EEXIST|ENOTDIR/);
  });

  it.skipIf(process.platform === "win32")("links to nothing and to themselves", () => {
    symlinkSync("nothing", join(root, "dangling"));
    expect(() => makeFolder(join(root, "dangling"))).toThrow("EEXIST");
    symlinkSync("loop", join(root, "loop"));
    expect(() => makeFolder(join(root, "loop/below"))).toThrow("ELOOP");
  });

  // Node's recursive mkdir never returns from this.
  it.skipIf(!existsSync("/proc/self"))("a file system that takes no folders", () => {
    expect(() => makeFolder("/proc/ternac/images")).toThrow(/ENOENT|EACCES/);
  });
});
