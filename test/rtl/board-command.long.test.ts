/**
 * `--board sim` as users have it: the library is built by the command itself, for speed, which takes a minute. In
 * the long run only; what the default run has of the simulated board is in test/board.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bin, build } from "../cli/built.js";
import { SIMULATOR_CACHE, temporaryFolder, ternac, ternacJson } from "../cli/support.js";
import { missingTools } from "./verilator.js";

const missing = missingTools();

describe.skipIf(missing.length > 0)("--board sim", () => {
  const before = process.env.XDG_CACHE_HOME;
  beforeAll(() => {
    build();
    process.env.XDG_CACHE_HOME = SIMULATOR_CACHE.replace(/[/\\]ternac$/, "");
  });
  afterAll(() => {
    process.env.XDG_CACHE_HOME = before;
  });
  const file = temporaryFolder();
  const sim = ["--board", "sim", "--config", "tiny"];
  const target = ["--target", "board", ...sim];
  const seen = ({ json, exitCode }: Awaited<ReturnType<typeof ternacJson>>) => {
    const { seconds, tokensPerSecond, simulation, ...result } = json;
    return { ...result, exitCode };
  };

  it.each(["tiny", "d5005"])("generates and evaluates what the emulator does, %s", async (name) => {
    const model = ["models/shakespeare", "--no-cache", "--config", name];
    for (const [command, ...flags] of [
      ["generate", "--prompt", "ROMEO:", "--tokens", "8"],
      ["generate", "--prompt", "ROMEO:", "--tokens", "4", "--temperature", "0.9", "--seed", "5"],
      ["eval", "--golden", "test/golden/shakespeare.safetensors", "--limit", "2"],
    ] as const) {
      const card = await ternacJson(
        command,
        ...model,
        ...flags,
        "--target",
        "board",
        "--board",
        "sim",
      );
      const emulator = await ternacJson(command, ...model, ...flags);
      expect(seen(card)).toEqual(seen(emulator));
    }
  });

  it("runs an image that was compiled for d5005, on its own configuration", async () => {
    const image = file("model.elf");
    await ternac("compile", "models/shakespeare", "-o", image);
    const flags = ["--prompt", "ROMEO:", "--tokens", "2"];
    const card = await ternacJson(
      "generate",
      image,
      ...flags,
      "--target",
      "board",
      "--board",
      "sim",
    );
    expect(seen(card)).toEqual(seen(await ternacJson("generate", image, ...flags)));
    // It needs no more than tiny has.
    const other = await ternacJson("generate", image, ...flags, ...target);
    expect(other.json.tokens).toEqual(card.json.tokens);
  });

  it("has the DRAM that is asked for", async () => {
    // What the library reads of its environment it reads once a process.
    const clocks = (...flags: string[]) => {
      const argv = ["run", "programs/softmax.tasm", ...target, ...flags, "--stats", "--json"];
      const env = { XDG_CACHE_HOME: process.env.XDG_CACHE_HOME! };
      return JSON.parse(bin(argv, { env }).stdout.toString()).simulation.clocks;
    };
    const [normal, ideal] = [clocks(), clocks("--dram", "ideal")];
    expect(ideal).toBeLessThan(normal);
    const random = [1, 2].map((seed) => clocks("--dram", "random", "--dram-seed", String(seed)));
    expect(new Set([normal, ...random]).size).toBe(3);
  });

  it("is listed, told of and reset", async () => {
    const list = await ternacJson("board list", ...sim);
    expect(list.json.boards).toMatchObject([{ address: "0000:3b:00.0", ternac: true }]);
    const info = await ternac("board info", ...sim);
    expect(info.stdout).toMatch(/configuration +tiny/);
    expect((await ternac("board reset", ...sim)).exitCode).toBe(0);
  });
});
