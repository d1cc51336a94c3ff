/**
 * The accelerator as a host has it: through the calls of libopae-c alone, on the simulated board. What programs give is
 * what the emulator gives.
 */
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCELERATOR_UUID, CODES, REGISTERS, WINDOWS } from "../../src/board/generated.js";
import { buildSimulatedBoard } from "../../src/board/sim/build.js";
import { Emulator } from "../../src/emulator/index.js";
import type { Image } from "../../src/image/image.js";
import { CONFIGURATIONS, TRAPS } from "../../src/isa/index.js";
import { runProgram } from "../../src/session/run-program.js";
import { symbolSize } from "../../src/session/symbol-tensor.js";
import { assembled, commandOf, PROGRAMS } from "../programs/run-program.js";
import {
  ACCELERATOR,
  BoardHost,
  type BoardLibrary,
  CACHE,
  DEVICE,
  enumerate,
  loadFresh,
  RESULT,
  uuidOf,
} from "./board-host.js";
import { casesToTest } from "./configurations.js";
import { missingTools } from "./verilator.js";

const missing = missingTools();
if (missing.length > 0)
  console.warn(`the simulated board is not tested: ${missing.join(", ")} not found`);

const BUILD_MS = 900_000;
const LINE = 64;
const roundUp = (bytes: number) => Math.ceil(bytes / LINE) * LINE;

const wordsOf = (bytes: Uint8Array) => new BigUint64Array(bytes.slice().buffer);

// With the models of DRAM and link, and where everything hesitates and begins with random contents.
const cases = casesToTest(CONFIGURATIONS).flatMap((configuration) =>
  ["ddr4", "random"].map((dram) => ({ name: configuration.name, dram, configuration })),
);

describe.skipIf(missing.length > 0).each(cases)(
  "the board of $name, DRAM $dram",
  ({ dram, configuration }) => {
    let library: BoardLibrary;
    let host: BoardHost;
    let buffer: ReturnType<BoardHost["buffer"]>;
    beforeAll(async () => {
      const path = await buildSimulatedBoard({ configuration, cacheFolder: CACHE, hurry: "build" });
      library = loadFresh(path, { TERNAC_SIM_DRAM: dram, TERNAC_SIM_SEED: "7" });
      host = new BoardHost(library);
      buffer = host.buffer(2 ** 21);
    }, BUILD_MS);
    afterAll(() => {
      host?.close();
    });

    // A byte a clock is too slow for a layer that is run several times, or with gaps everywhere.
    const slow = configuration.core.beat_bytes === 1;
    const long = slow ? "mlgru-step" : "layer512";
    const programs =
      slow && dram === "random" ? PROGRAMS.filter((p) => p !== "layer512") : PROGRAMS;

    const put = (address: number, bytes: Uint8Array) => {
      buffer.bytes.fill(0, 0, roundUp(bytes.length));
      buffer.bytes.set(bytes);
      const done = host.copy({}, buffer.address, address, roundUp(bytes.length));
      expect(done?.status).toBe(CODES.copy_status.done);
      expect(done?.crc).toBe(crc32(buffer.bytes.subarray(0, roundUp(bytes.length))));
    };
    const get = (address: number, length: number) => {
      const first = address - (address % LINE);
      const bytes = roundUp(address - first + length);
      const done = host.copy({ toHost: true }, buffer.address, first, bytes);
      expect(done?.status).toBe(CODES.copy_status.done);
      expect(done?.crc).toBe(crc32(buffer.bytes.subarray(0, bytes)));
      return buffer.bytes.slice(address - first, address - first + length);
    };
    const load = (image: Image) => {
      for (const { kind, address, data, size } of image.sections) {
        if (kind === "data" && data) put(address, data);
        if (kind === "zero")
          expect(host.copy({ zero: true }, 0n, address, roundUp(size))?.status).toBe(0);
      }
      const code = image.sections.find(({ kind }) => kind === "code")!;
      host.loadProgram(wordsOf(code.data!), (image.entry - code.address) / 8);
    };

    it("says what it is", () => {
      const [device] = enumerate(library, DEVICE);
      expect(uuidOf(library, device)).not.toBe(ACCELERATOR_UUID);
      const [accelerator, ...others] = enumerate(library, ACCELERATOR);
      expect(others).toEqual([]);
      expect(uuidOf(library, accelerator)).toBe(ACCELERATOR_UUID);
      library.destroyToken([device]);
      library.destroyToken([accelerator]);

      const name = Buffer.alloc(8);
      name.writeBigUInt64LE(host.register("configuration_name"));
      expect(name.toString("ascii").replace(/\0+$/, "")).toBe(configuration.name);
      const { core } = configuration;
      expect({
        vlmax: host.register("vlmax"),
        dram: host.register("dram_bytes"),
        instructions: host.register("instructions"),
        queue: host.register("queue_entries"),
        lanes: host.register("lanes"),
        channels: host.register("channels"),
        beat_bytes: host.register("beat_bytes"),
        burst: host.register("burst"),
      }).toEqual({
        vlmax: BigInt(configuration.vlmax),
        dram: BigInt(configuration.dram),
        instructions: BigInt(configuration.instructions),
        queue: BigInt(configuration.queue),
        lanes: BigInt(core.lanes),
        channels: BigInt(core.channels),
        beat_bytes: BigInt(core.beat_bytes),
        burst: BigInt(core.burst),
      });
    });

    it("takes accesses of 64 and of 32 bits", () => {
      const { offset } = REGISTERS.scratch;
      host.set("scratch", 0x0123456789abcdefn);
      const low: [number] = [0];
      const high: [number] = [0];
      library.read32(host.handle, 0, offset, low);
      library.read32(host.handle, 0, offset + 4, high);
      expect([low[0], high[0]]).toEqual([0x89abcdef, 0x01234567]);
      library.write32(host.handle, 0, offset + 4, 0xfedcba98);
      expect(host.register("scratch")).toBe(0xfedcba9889abcdefn);
      expect(host.read(0x3fff8), "nothing is there").toBe(0n);
      expect(library.read64(host.handle, 0, 4, [0n]), "not aligned").toBe(RESULT.invalidParam);
      expect(library.read64(host.handle, 0, 0x40000, [0n]), "beyond").toBe(RESULT.invalidParam);
    });

    it.each(programs)(
      "runs programs/%s.tasm by MMIO alone, as the emulator does",
      async (program) => {
        const image = assembled(program, configuration);
        const { symbols, input } = commandOf(program);
        const emulator = new Emulator({ configuration });
        await emulator.load(image);
        const output: bigint[] = [];
        const stop = await runProgram(emulator, {
          input,
          closeInput: true,
          onOutput: async (entries) => void output.push(...entries),
        });
        expect(stop.reason).toBe("halted");

        load(image);
        const ran = host.run(input);
        expect(ran.state).toBe(CODES.core_state.halted);
        expect(ran.output).toEqual(output);
        expect(Number(host.register("instret"))).toBe(await emulator.instructionsRetired());
        for (const name of symbols) {
          const symbol = image.symbols.find((candidate) => candidate.name === name)!;
          const expected = await emulator.readMemory(symbol.address, symbolSize(symbol));
          expect(Buffer.from(get(symbol.address, symbolSize(symbol)))).toEqual(
            Buffer.from(expected),
          );
        }
        // Clocks, and beats of the core: something was counted, and units ran for fewer clocks than there were.
        const clocks = host.register("clocks");
        expect(clocks).toBeGreaterThan(host.register("instret"));
        for (let unit = 0; unit < REGISTERS.busy.count; unit++)
          expect(host.register("busy", unit)).toBeLessThanOrEqual(clocks);
      },
    );

    it("runs the next program right after a reset in the middle of one", () => {
      const image = assembled(long, configuration);
      const { symbols, input } = commandOf(long);
      const results = () =>
        symbols.map((name) => {
          const symbol = image.symbols.find((candidate) => candidate.name === name)!;
          return Buffer.from(get(symbol.address, symbolSize(symbol))).toString("hex");
        });
      load(image);
      host.run(input);
      const expected = results();
      // Enough moments for loads, stores and fetches of weights to be under way in some of them.
      for (let moment = 0; moment < 3; moment++) {
        load(image);
        host.pulse("core_control", "start");
        for (let reads = 0; reads < 40 + 47 * moment; reads++) host.register("scratch");
        expect(host.field("core_status", "state")).toBe(CODES.core_state.running);
        host.pulse("core_control", "reset");
        host.waitFor(CODES.core_state.ready);
        load(image);
        expect(host.run(input).state).toBe(CODES.core_state.halted);
        expect(results()).toEqual(expected);
      }
    });

    it("copies while a program runs, and neither disturbs the other", async () => {
      const image = assembled(long, configuration);
      const { symbols, input } = commandOf(long);
      const emulator = new Emulator({ configuration });
      await emulator.load(image);
      await runProgram(emulator, { input, closeInput: true, onOutput: async () => {} });
      load(image);
      for (const entry of input) host.set("input_push", entry);
      host.pulse("core_control", "close_input");
      host.pulse("core_control", "start");
      const far = configuration.dram / 2;
      let copies = 0;
      for (; host.field("core_status", "state") === CODES.core_state.running; copies++) {
        const length = 64 * (1 + ((copies * 37) % 90));
        for (let i = 0; i < length; i++) buffer.bytes[i] = (i * 31 + copies) & 255;
        const sum = crc32(buffer.bytes.subarray(0, length));
        expect(host.copy({}, buffer.address, far + 64 * copies, length)?.crc).toBe(sum);
        const check = host.copy({ toHost: true, check: true }, 0n, far + 64 * copies, length);
        expect(check?.crc).toBe(sum);
      }
      expect(copies, "copies during the program").toBeGreaterThan(0);
      expect(host.field("core_status", "state")).toBe(CODES.core_state.halted);
      for (const name of symbols) {
        const symbol = image.symbols.find((candidate) => candidate.name === name)!;
        const expected = await emulator.readMemory(symbol.address, symbolSize(symbol));
        expect(Buffer.from(get(symbol.address, symbolSize(symbol)))).toEqual(Buffer.from(expected));
      }
    });

    it("says which instruction trapped, and why", () => {
      host.loadProgram(BigUint64Array.of(0n), 0); // no instruction
      const { state } = host.run([]);
      expect(state).toBe(CODES.core_state.trapped);
      expect(host.field("core_status", "trap_cause")).toBe(TRAPS.illegal_instruction.code);
      expect(host.register("trap_pc")).toBe(0x4000000000n);
    });

    it("notices what a host should not do", () => {
      const errors = () => host.register("errors");
      const bit = (name: keyof typeof REGISTERS.errors.fields) =>
        1n << BigInt(REGISTERS.errors.fields[name][1]);
      host.set("errors", -1n);
      expect(errors()).toBe(0n);
      // The core stands with a trap: nothing can be written or started.
      host.write(WINDOWS.program.offset, 1n);
      expect(errors()).toBe(bit("not_ready"));
      host.set("errors", bit("not_ready"));
      host.pulse("core_control", "start");
      expect(errors()).toBe(bit("not_ready"));
      host.set("output_pop", 1);
      expect(errors()).toBe(bit("not_ready") | bit("output_empty"));
      host.set("errors", -1n);
      host.pulse("core_control", "reset");
      host.waitFor(CODES.core_state.ready);
      host.write(WINDOWS.program.offset + 8 * configuration.instructions, 1n);
      expect(errors()).toBe(bit("program_range"));
      host.set("errors", -1n);
      const room = host.field("core_status", "input_room");
      for (let i = 0; i <= room + configuration.queue; i++) host.set("input_push", i);
      expect(errors()).toBe(bit("input_full"));
      host.set("errors", -1n);
      host.pulse("core_control", "reset");
      host.waitFor(CODES.core_state.ready);
      expect(host.field("core_status", "input_room"), "a reset empties the queues").toBe(room);
    });

    it("stops before an instruction, and goes on", () => {
      const image = assembled("token-loop", configuration);
      const { input } = commandOf("token-loop");
      load(image);
      host.set("pause_at", 100);
      host.pulse("core_control", "start");
      for (const entry of input) host.set("input_push", entry);
      while (host.field("core_status", "paused") === 0);
      expect(host.register("instret")).toBe(100n);
      host.set("pause_at", -1n);
      host.pulse("core_control", "close_input");
      host.waitFor(CODES.core_state.halted);
      expect(host.register("instret")).toBe(251n);
    });

    it("is taken by one, and free for the next", () => {
      const [token] = enumerate(library, ACCELERATOR);
      expect(library.open(token, [null], 0)).toBe(RESULT.busy);
      library.destroyToken([token]);
      put(128, Uint8Array.of(1, 2, 3));
      expect(host.close()).toBe(RESULT.ok);
      host = new BoardHost(library);
      buffer = host.buffer(2 ** 21);
      expect(host.register("scratch"), "registers are lost").toBe(0n);
      expect([...get(128, 4)], "the card's memory is kept").toEqual([1, 2, 3, 0]);
      host.reset();
      expect([...get(128, 4)]).toEqual([1, 2, 3, 0]);
    });
  },
);
