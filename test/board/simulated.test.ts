/**
 * The driver and the commands on the simulated board: a library with libopae-c's entry points around the
 * accelerator in SystemVerilog. Each copy of the library's file is a card of its own.
 */
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { BoardTarget, findAccelerator, loadLibopae } from "../../src/board/index.js";
import { buildSimulatedBoard } from "../../src/board/sim/build.js";
import { openCheckpoint } from "../../src/checkpoint/index.js";
import { compile } from "../../src/compiler/index.js";
import { Emulator } from "../../src/emulator/index.js";
import type { Image } from "../../src/image/image.js";
import { generate, Session } from "../../src/session/index.js";
import type { Target } from "../../src/target/target.js";
import { build } from "../cli/built.js";
import { root, SIMULATOR_CACHE, ternac, ternacJson } from "../cli/support.js";
import { TINY } from "../emulator/images.js";
import { missingTools } from "../rtl/verilator.js";
import { userError } from "../support/errors.js";

const missing = missingTools();
if (missing.length > 0)
  console.warn(`the driver is not tested on the simulated board: ${missing.join(", ")} not found`);

const BUILD_MS = 900_000;
const PROGRAM = "programs/vector-add.tasm";

describe.skipIf(missing.length > 0)("on the simulated board,", () => {
  const folder = mkdtempSync(join(tmpdir(), "ternac-board-"));
  let built: string;
  let count = 0;
  beforeAll(async () => {
    // Shared with test/rtl/board.test.ts.
    built = await buildSimulatedBoard({
      configuration: TINY,
      cacheFolder: SIMULATOR_CACHE,
      hurry: "build",
    });
  }, BUILD_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => {
    for (const name of ["FAULTS", "BOARD_EMPTY", "STATE"]) delete process.env[`TERNAC_SIM_${name}`];
    delete process.env.TERNAC_OPAE_LIBRARY;
  });

  /** A new card: what the library reads of the environment, it reads at its first call. */
  function newCard(environment: Readonly<Record<string, string>> = {}): string {
    const path = join(folder, `card${count++}.so`);
    copyFileSync(built, path);
    Object.assign(process.env, { TERNAC_OPAE_LIBRARY: path }, environment);
    return path;
  }
  const openTarget = (path: string) =>
    BoardTarget.open(findAccelerator(loadLibopae(path), "auto"), { timeoutMs: 60_000 });
  const onCard = ["--target", "board", "--config", "tiny"];

  describe("the bundled model", () => {
    let image: Image;
    beforeAll(async () => {
      const checkpoint = await openCheckpoint("models/shakespeare");
      const compiled = await compile(checkpoint, { configuration: TINY, packing: "t5" });
      image = compiled.image();
      await checkpoint.close();
    });

    async function tokens(target: Target, program: Image): Promise<number[]> {
      const session = await Session.open(target, program);
      const ids: number[] = [];
      for await (const id of generate(session, { prompt: [5, 9], count: 4 })) ids.push(id);
      return ids;
    }

    it("writes what it writes on the emulator, and is loaded once", async () => {
      const emulator = new Emulator({ configuration: TINY });
      const target = await openTarget(newCard());
      expect(await tokens(target, image)).toEqual(await tokens(emulator, image));
      const first = target.loadReport!;
      expect(first).toMatchObject({ blocksKept: 0, bytesKept: 0 });
      expect(first.bytesMoved).toBeGreaterThan(3e6);

      // The one block that the host wrote to: the token that ends a run of several.
      await target.load(image);
      expect(target.loadReport).toMatchObject({ blocksKept: first.blocks - 1 });
      await target.load(image);
      expect(target.loadReport).toMatchObject({ bytesMoved: 0, blocksKept: first.blocks });

      const sections = image.sections.map((section) => {
        if (section.kind !== "data") return section;
        const data = Uint8Array.from(section.data!);
        data[data.length >> 1]! ^= 1;
        return { ...section, data };
      });
      await target.load({ ...image, sections });
      const changed = sections.filter(({ kind, size }) => kind === "data" && size > 0).length;
      expect(target.loadReport).toMatchObject({ blocksKept: first.blocks - changed });
      await target.close();
      await emulator.close();
    }, 120_000);
  });

  it("programs do what they do on the emulator", async () => {
    newCard();
    for (const [program, ...flags] of [
      [PROGRAM, "--get", "sum"],
      ["programs/softmax.tasm", "--get", "y"],
    ] as const) {
      const card = await ternacJson("run", program, ...flags, ...onCard);
      const emulator = await ternacJson("run", program, ...flags, "--config", "tiny");
      const seen = ({ json, exitCode }: typeof card) => {
        const { stopped, output, tensors, instructions } = json;
        return { stopped, output, tensors, instructions, exitCode };
      };
      expect(seen(card)).toEqual(seen(emulator));
    }
  });

  it("a trap is told with its line, and the next program runs", async () => {
    newCard();
    const file = join(folder, "trap.tasm");
    writeFileSync(file, ".text\n    li x5, -3\n    setvl x5\n    halt\n");
    const trap = await ternac("run", file, ...onCard);
    expect(trap.exitCode).toBe(3);
    expect(trap.stderr).toContain("trap.tasm:3:5: error: trap vector_length with value -3");
    const next = await ternac("run", PROGRAM, ...onCard, "--stats");
    expect(next.exitCode).toBe(0);
    expect(next.stderr).toMatch(/242 clocks of tiny/);
    expect(next.stderr).toMatch(/on the card for/);
  });

  it("a program is stopped after a number of instructions, and one that waits is told", async () => {
    newCard();
    const steps = await ternacJson("run", PROGRAM, ...onCard, "--max-steps", "5");
    expect([steps.exitCode, steps.json.instructions]).toEqual([4, 5]);
    const file = join(folder, "wait.tasm");
    writeFileSync(file, ".text\n    deq x1\n    enq x1\n    deq x2\n    halt\n");
    const waits = await ternacJson("run", file, ...onCard, "--input", "7");
    expect([waits.exitCode, waits.json.stopped.reason, waits.json.output]).toEqual([
      4,
      "input",
      [7],
    ]);
  });

  it.each<[string, string, boolean]>([
    ["mmio-timeout@1", "the card is gone while its accelerator was asked what it is", true],
    ["mmio-timeout@30", "the card is gone while", true],
    ["vanish@1", "the card is gone while its accelerator was asked what it is", false],
    ["vanish@60", "the card is gone while a program was written to it", false],
    ["reset@40", "the accelerator was reset while", true],
    ["reset@60", "the accelerator was reset while a program was written to it", true],
    ["reset@75", "the accelerator was reset while a program was started", true],
    ["dma-corrupt@0", "damaged the data: CRC", true],
    ["dma-corrupt@5", "damaged the data: CRC", true],
    ["dma-error@5", "the host answered an access with an error", true],
    ["dma-hang@0", "does not end: nothing came in 1 s", true],
    ["port-busy", "another process is using it (FPGA_BUSY)", false],
  ])("%s ends in a clear error, and leaves a card that works", async (fault, message, passes) => {
    newCard({ TERNAC_SIM_FAULTS: fault });
    // Short where nothing is to come; elsewhere a busy machine must not be taken for a hanging card.
    const timeout = fault.startsWith("dma-hang") ? "1" : "60";
    const run = ["run", PROGRAM, ...onCard] as const;
    const { stderr, stdout, exitCode } = await ternac(...run, "--timeout", timeout);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: .+\nhelp: .+\n$/);
    expect([exitCode, stdout]).toEqual([1, ""]);
    // What remains of the fault goes with a reset.
    if (!passes) return;
    expect((await ternac("board reset")).exitCode).toBe(0);
    const next = await ternac(...run, "--timeout", "60", "--get", "sum");
    expect([next.exitCode, next.stderr]).toEqual([0, ""]);
  });

  it("no hugepages are told, and done without", async () => {
    newCard({ TERNAC_SIM_FAULTS: "no-hugepages" });
    const { stderr, exitCode } = await ternac("run", PROGRAM, ...onCard);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("warning: there are no free hugepages of 2 MiB");
  });

  describe("flash", () => {
    const gbs = join(folder, "ternac.gbs");
    const shell = "bfac4d85-1ee8-56fe-8c95-865ce1bbaa2d";
    beforeAll(async () => {
      const set = [
        "interface-uuid",
        shell,
        "clock-frequency-high",
        "0",
        "clock-frequency-low",
        "0",
      ];
      const flags = [0, 2, 4].flatMap((i) => ["--set", `afu-image/${set[i]}=${set[i + 1]}`]);
      const rbf = join(folder, "x.rbf");
      writeFileSync(rbf, "bits");
      const packed = await ternac(
        "gbs pack",
        rbf,
        "-d",
        "rtl/ofs/ternac.json",
        ...flags,
        "-o",
        gbs,
      );
      expect(packed.stderr).toBe("");
    });
    const empty = (fault = {}) => newCard({ TERNAC_SIM_BOARD_EMPTY: "1", ...fault });

    it("programs a card that held something else", async () => {
      empty();
      const before = await ternac("run", PROGRAM, ...onCard);
      expect(before.stderr).toContain("holds another accelerator");
      expect(before.stderr).toContain("help: program it: ternac flash FILE.gbs");
      const info = await ternacJson("board info");
      expect(info.json).toMatchObject({ ternac: false, interfaceUuid: shell });
      const dry = await ternacJson("flash", gbs, "--dry-run");
      expect(dry.json).toMatchObject({ dryRun: true, card: "0000:3b:00.0" });
      expect((await ternacJson("board info")).json.ternac).toBe(false);
      const flashed = await ternacJson("flash", gbs);
      expect(flashed.json).toMatchObject({ accelerator: { configuration: "tiny" } });
      expect((await ternac("run", PROGRAM, ...onCard)).exitCode).toBe(0);
      const list = await ternacJson("board list", "--root", folder);
      expect(list.json.boards).toMatchObject([{ ternac: true, shell: { name: "A" }, busy: false }]);
    });

    it.each([
      ["port-busy", "FPGA_BUSY"],
      ["wrong-interface", `was made for the shell ${shell}, the card at 0000:3b:00.0 has`],
      ["reconf-error", "the card refused the bitstream while it was written"],
    ])("tells of %s", async (fault, message) => {
      empty({ TERNAC_SIM_FAULTS: fault });
      const { stderr, exitCode } = await ternac("flash", gbs);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(message);
    });

    it("loads an image, which the next command finds there", async () => {
      const state = join(folder, "state");
      mkdirSync(state);
      const file = join(folder, "image.elf");
      await ternac("asm", PROGRAM, "--config", "tiny", "-o", file);
      newCard({ TERNAC_SIM_STATE: state });
      const first = await ternacJson("flash", file, "--verify");
      expect(first.json).toMatchObject({ kind: "image", blocksKept: 0, bytesVerified: 896 });
      const plan = await ternacJson("flash", file, "--dry-run");
      expect(plan.json).toMatchObject({ blocksKept: 1, bytesMoved: 0 });
      newCard({ TERNAC_SIM_STATE: state }); // as another process has it
      expect(existsSync(join(state, "card"))).toBe(true);
      const second = await ternac("run", file, ...onCard, "--stats");
      expect(second.stderr).toContain("loaded 0 bytes");
    });
  });

  it.skipIf(process.platform === "win32")(
    "Ctrl-C ends a program, and gives the card back",
    async () => {
      build();
      const state = join(folder, "interrupted");
      mkdirSync(state);
      const file = join(folder, "endless.tasm");
      writeFileSync(file, ".text\n    enq x0\n1:  j 1b\n");
      newCard({ TERNAC_SIM_STATE: state });
      const command = [join(root, "bin/run.js"), "run", file, ...onCard];
      const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "pipe"] });
      let stderr = "";
      child.stderr.on("data", (text) => {
        stderr += text;
      });
      child.stdout.once("data", () => child.kill("SIGINT")); // it runs: its output came
      const status = await new Promise((resolve) => child.on("close", resolve));
      expect({ status, stderr }).toEqual({ status: 130, stderr: "" });
      // The simulated card keeps its memory when it is closed, not when its process dies.
      expect(existsSync(join(state, "card"))).toBe(true);
    },
    180_000, // it may build the tool
  );

  it("two users do not get in each other's way", async () => {
    const target = await openTarget(newCard());
    const error = await userError(() => openTarget(process.env.TERNAC_OPAE_LIBRARY!));
    expect(error.message).toContain("another process is using it");
    const run = await ternac("run", PROGRAM, ...onCard);
    expect([run.exitCode, run.stderr]).toEqual([1, expect.stringContaining("FPGA_BUSY")]);
    await target.close();
    expect((await ternac("run", PROGRAM, ...onCard)).exitCode).toBe(0);
  });
});
