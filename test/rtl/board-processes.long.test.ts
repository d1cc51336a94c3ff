/**
 * The simulated card from the command line, one process a command as users have it: after every fault, and after
 * every end of a process, the next command finds a card that works, once it did what the message says.
 * In the long run only.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { root } from "../cli/support.js";
import { CardFolder, PROGRAM, type SimulatedCard } from "./simulated-card.js";
import { missingTools } from "./verilator.js";

const missing = missingTools();

describe.skipIf(missing.length > 0)("a command for the simulated card", () => {
  let cards: CardFolder;
  let card: SimulatedCard;
  beforeAll(async () => {
    cards = await CardFolder.make();
  });
  afterAll(() => cards?.remove());
  beforeEach(() => {
    card = cards.newCard();
  });
  /** Nothing of an output that was not finished. */
  const nothingHalf = () => expect(card.leftOver()).toEqual([]);

  const works = () => expect(card.run()).toEqual({ status: 0, stdout: cards.sum, stderr: "" });

  const COMMANDS = {
    run: () => ["run", PROGRAM, ...cards.target, "--get", `sum=${card.output}`, "--timeout", "1"],
    "flash image": () => ["flash", cards.image, ...cards.sim, "--timeout", "1", "--verify"],
    "flash bitstream": () => ["flash", cards.gbs, ...cards.sim, "--timeout", "1"],
    "board info": () => ["board", "info", ...cards.sim],
    "board reset": () => ["board", "reset", ...cards.sim],
  } as const;
  const GONE = /^error: the card is gone while .+: its registers read as all ones$/m;
  const RESET = /^error: the accelerator was reset while .+$/m;
  const DAMAGED =
    /^error: a copy .+ damaged the data: CRC 0x\w+ on the card, 0x\w+ in host memory$/m;
  const REFUSED = /^error: a copy .+ failed: the host answered an access with an error.*$/m;
  const HANGS = /^error: a copy .+ does not end: nothing came in 1 s$/m;
  const BUSY = /^error: .*another process .+\(FPGA_BUSY\)$/m;
  const NO_CARD = /^error: no card .*was found$/m;

  it.each<[string, keyof typeof COMMANDS, RegExp]>([
    ["mmio-timeout@1", "run", GONE],
    ["mmio-timeout@30", "run", GONE],
    ["mmio-timeout@60", "run", GONE],
    ["mmio-timeout@80", "run", GONE],
    ["mmio-timeout@3", "board info", GONE],
    ["mmio-timeout@30", "flash image", GONE],
    ["mmio-timeout@2", "flash bitstream", GONE],
    ["vanish@0", "run", NO_CARD],
    ["vanish@0", "board info", NO_CARD],
    ["vanish@0", "board reset", NO_CARD],
    ["vanish@0", "flash bitstream", NO_CARD],
    ["vanish@1", "run", GONE],
    ["vanish@30", "run", GONE],
    ["vanish@60", "run", GONE],
    ["vanish@80", "run", GONE],
    ["vanish@3", "board info", GONE],
    ["vanish@30", "flash image", GONE],
    ["vanish@2", "flash bitstream", GONE],
    ["reset@40", "run", RESET],
    ["reset@60", "run", RESET],
    ["reset@75", "run", RESET],
    ["reset@80", "run", RESET],
    ["reset@30", "flash image", RESET],
    ["dma-corrupt@0", "run", DAMAGED],
    ["dma-corrupt@5", "run", DAMAGED],
    ["dma-corrupt@10", "flash image", DAMAGED],
    ["dma-error@0", "run", REFUSED],
    ["dma-error@5", "run", REFUSED],
    ["dma-error@10", "flash image", REFUSED],
    ["dma-hang@0", "run", HANGS],
    ["dma-hang@5", "run", HANGS],
    ["dma-hang@20", "flash image", HANGS],
    ["port-busy", "run", BUSY],
    ["port-busy", "board reset", BUSY],
    ["port-busy", "flash image", BUSY],
    ["port-busy", "flash bitstream", BUSY],
    [
      "wrong-interface",
      "flash bitstream",
      /^error: .+ was made for the shell .+, the card at .+ has .+$/m,
    ],
    [
      "reconf-error",
      "flash bitstream",
      /^error: .+ the card refused the bitstream while it was written/m,
    ],
    ["dma-corrupt@5,mmio-timeout@40", "run", DAMAGED],
    ["no-hugepages,dma-error@5,reset@70", "run", RESET],
  ])("ends clearly with %s (%s), and the next one works", (faults, command, message) => {
    const { status, stdout, stderr } = card.command(COMMANDS[command](), faults);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^error: .+\nhelp: .+\n$/);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    nothingHalf();
    const done = card.remedy(stderr);
    if (faults.startsWith("vanish")) expect(done).toBe("cold start");
    works();
  });

  it("is fine without hugepages", () => {
    const { status, stderr } = card.command(COMMANDS.run(), "no-hugepages");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(existsSync(card.output)).toBe(true);
    works();
  });

  it("finds what another one loaded, and moves what that changed", () => {
    const text = [cards.model, "--prompt", "ROMEO:", "--tokens", "4"];
    const blocks = () => {
      const { stderr } = card.command(["generate", ...text, ...cards.target, "--stats"]);
      const found = /loaded ([\d,]+) bytes in \S+ s \((\d+) of (\d+) blocks/.exec(stderr)!;
      return { moved: Number(found[2]), all: Number(found[3]) };
    };
    const flashed = card.fine("flash", cards.model, ...cards.sim);
    expect(flashed).toMatch(/^loaded 3,\d{3},\d{3} bytes .+ 0 bytes were there already/);
    const first = blocks();
    expect(first.moved).toBe(0);
    expect(first.all).toBeGreaterThan(40);
    // What the program or the host has written to since.
    expect(blocks().moved).toBeLessThanOrEqual(2);
    const expected = card.fine("generate", ...text);
    expect(card.fine("generate", ...text, ...cards.target)).toBe(expected);
  });

  describe.skipIf(process.platform === "win32")("that runs without an end", () => {
    const endless = () => {
      const file = join(cards.path, "endless.tasm");
      const data = "\n.data\n.tensor sum, q, 16\nsum: .zero 64\n";
      writeFileSync(file, `.text\n    enq x0\n1:  j 1b\n${data}`);
      return ["run", file, ...cards.target, "--get", `sum=${card.output}`];
    };
    const started = (argv: readonly string[]) => {
      const child = spawn(process.execPath, [join(root, "bin/run.js"), ...argv], {
        env: { PATH: process.env.PATH, HOME: process.env.HOME, ...card.environment() },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let stderr = "";
      child.stderr.on("data", (text) => {
        stderr += text;
      });
      const ended = new Promise<object>((resolve) =>
        child.on("close", (status, signal) => resolve({ status, signal, stderr })),
      );
      const output = new Promise((resolve) => child.stdout.once("data", resolve));
      return { child, output, ended };
    };

    it.each([
      ["SIGINT", { status: 130, signal: null, stderr: "" }],
      ["SIGTERM", { status: 143, signal: null, stderr: "" }],
      ["SIGHUP", { status: 129, signal: null, stderr: "" }],
      ["SIGKILL", { status: null, signal: "SIGKILL", stderr: "" }],
    ] as const)("ends with %s, and the next one works", async (signal, end) => {
      const { child, output: ran, ended } = started(endless());
      await ran;
      child.kill(signal);
      expect(await ended).toEqual(end);
      nothingHalf();
      works();
    });

    it("keeps others from the card until it ends", async () => {
      const { child, output: ran, ended } = started(endless());
      await ran;
      for (const other of ["run", "flash bitstream", "board reset"] as const) {
        const { status, stderr } = card.command(COMMANDS[other]());
        expect(stderr).toMatch(BUSY);
        expect(status).toBe(1);
      }
      expect(card.fine("board", "list", ...cards.sim)).toMatch(/Ternac, in use/);
      child.kill("SIGTERM");
      await ended;
      works();
    });

    it("leaves a card that works whenever it is killed", async () => {
      const model = ["generate", cards.model, ...cards.target, "--prompt", "ROMEO:"];
      for (const [i, ms] of [50, 200, 400, 600, 800, 1000, 1200, 1600, 2000].entries()) {
        const { child, ended } = started([...model, "--tokens", "200"]);
        await new Promise((resolve) => setTimeout(resolve, ms));
        child.kill((["SIGKILL", "SIGTERM", "SIGINT"] as const)[i % 3]!);
        await ended;
        works();
        nothingHalf();
      }
    });
  });

  it("would be told of what it did not give back", () => {
    const script = `
      const library = require("koffi").load(${JSON.stringify(cards.library)});
      library.func("fpgaGetProperties", "int", ["void *", "_Out_ void **"])(null, [null]);`;
    const { stderr } = spawnSync(process.execPath, ["-e", script], {
      cwd: root,
      env: { ...process.env, TERNAC_SIM_LEFT_OVER: "1" },
      encoding: "utf8",
    });
    expect(stderr).toBe("simulated card: 1 properties were not given back\n");
  });
});
