/**
 * `--board sim` as users have it: the library is built by the command itself, for speed, which takes a minute. In
 * the long run only; what the default run has of the simulated board is in test/board.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SIMULATOR_CACHE, ternac, ternacJson } from "../cli/support.js";
import { missingTools } from "./verilator.js";

const wanted = process.env.TERNAC_TEST_CONFIGURATIONS === "all" && missingTools().length === 0;

describe.skipIf(!wanted)("--board sim", () => {
  const before = process.env.XDG_CACHE_HOME;
  beforeAll(() => {
    process.env.XDG_CACHE_HOME = SIMULATOR_CACHE.replace(/[/\\]ternac$/, "");
  });
  afterAll(() => {
    process.env.XDG_CACHE_HOME = before;
  });
  const sim = ["--board", "sim", "--config", "tiny"];
  const target = ["--target", "board", ...sim];

  it("generates and evaluates what the emulator does", async () => {
    const model = ["models/shakespeare", "--no-cache"];
    for (const [command, ...flags] of [
      ["generate", "--prompt", "ROMEO:", "--tokens", "8"],
      ["generate", "--prompt", "ROMEO:", "--tokens", "4", "--temperature", "0.9", "--seed", "5"],
      ["eval", "--golden", "test/golden/shakespeare.safetensors", "--limit", "2"],
    ] as const) {
      const card = await ternacJson(command, ...model, ...flags, ...target);
      const emulator = await ternacJson(command, ...model, ...flags, "--config", "tiny");
      const seen = ({ json, exitCode }: typeof card) => {
        const { seconds, tokensPerSecond, simulation, ...result } = json;
        return { ...result, exitCode };
      };
      expect(seen(card)).toEqual(seen(emulator));
    }
  });

  it("is listed, told of and reset", async () => {
    const list = await ternacJson("board list", ...sim);
    expect(list.json.boards).toMatchObject([{ address: "0000:3b:00.0", ternac: true }]);
    const info = await ternac("board info", ...sim);
    expect(info.stdout).toMatch(/configuration +tiny/);
    expect((await ternac("board reset", ...sim)).exitCode).toBe(0);
  });
});
