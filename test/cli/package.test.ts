import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { build } from "./built.js";
import { root } from "./support.js";

interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const json = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));
const { dependencies, devDependencies } = json("package.json");
const packages: Record<string, LockedPackage> = json("package-lock.json").packages;
const locked = Object.entries(packages).filter(([path]) => path !== "");

describe("the lockfile", () => {
  it("names no registry", () => {
    expect(locked.filter(([, entry]) => entry.resolved).map(([path]) => path)).toEqual([]);
    expect(locked.filter(([, entry]) => !entry.integrity).map(([path]) => path)).toEqual([]);
  });

  it("has every platform's binaries, without which npm ci refuses it", () => {
    const wanted = locked.flatMap(([, entry]) => Object.keys(entry.optionalDependencies ?? {}));
    expect(wanted.length).toBeGreaterThan(20);
    expect(wanted.filter((name) => !packages[`node_modules/${name}`])).toEqual([]);
  });

  it("belongs to exact versions", () => {
    const versions = Object.values({ ...dependencies, ...devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
  });
});

describe("the build", () => {
  beforeAll(build);

  it("has one file a command, and the manifest knows them all", () => {
    const commands = (folder: string, extension: string) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(extension))
        .map((name) => name.slice(0, -3).replace(/[/\\]/g, ":"))
        .sort();
    const sources = commands("src/commands", ".ts");
    expect(commands("dist/commands", ".js")).toEqual(sources);
    expect(Object.keys(json("oclif.manifest.json").commands).sort()).toEqual(sources);
  });

  it("imports nothing that is no runtime dependency", () => {
    const imported = new Set<string>();
    for (const folder of ["", "commands", "chunks", "cli"])
      for (const name of readdirSync(join(root, "dist", folder)))
        if (name.endsWith(".js")) {
          const text = readFileSync(join(root, "dist", folder, name), "utf8");
          const bare = /\b(?:from|import)\s*\(?\s*"([a-z@][^"]*)"/g;
          for (const [, specifier] of text.matchAll(bare)) imported.add(specifier!);
        }
    const foreign = [...imported].filter((name) => !name.startsWith("node:"));
    const packageOf = (name: string) => name.split("/", name.startsWith("@") ? 2 : 1).join("/");
    expect(
      foreign.filter(
        (name) => !(packageOf(name) in dependencies) && !builtinModules.includes(name),
      ),
    ).toEqual([]);
    expect(imported.size).toBeGreaterThan(3);
  });
});
