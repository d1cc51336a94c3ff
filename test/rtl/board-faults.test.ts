/** The simulated card's shell: programming it, what it keeps, and every fault that can be injected. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCELERATOR_UUID, CODES, FEATURE_HEADER } from "../../src/board/generated.js";
import { buildSimulatedBoard } from "../../src/board/sim/build.js";
import { CONFIGURATIONS } from "../../src/isa/index.js";
import {
  ACCELERATOR,
  BoardHost,
  type BoardLibrary,
  CACHE,
  DEVICE,
  enumerate,
  guidBytes,
  loadFresh,
  RESULT,
  uuidOf,
} from "./board-host.js";
import { missingTools } from "./verilator.js";

const missing = missingTools();
if (missing.length > 0)
  console.warn(`the simulated card is not tested: ${missing.join(", ")} not found`);

const OTHER = "01234567-89ab-cdef-0123-456789abcdef";
const ALL_ONES = 2n ** 64n - 1n;

/** A bitstream file as the loader takes it. */
function gbs(interfaceUuid: string, accelerator: string): Uint8Array {
  const json = Buffer.from(
    JSON.stringify({
      version: 1,
      "afu-image": {
        "interface-uuid": interfaceUuid,
        "accelerator-clusters": [{ "accelerator-type-uuid": accelerator }],
      },
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const magic = guidBytes("58656f6e-4650-4741-b747-425376303031");
  return Buffer.concat([magic, length, json, Buffer.from("bitstream")]);
}

describe.skipIf(missing.length > 0)("the simulated card", () => {
  let path = "";
  const folder = mkdtempSync(join(tmpdir(), "ternac-card-"));
  beforeAll(async () => {
    const configuration = CONFIGURATIONS.find(({ name }) => name === "tiny")!;
    path = await buildSimulatedBoard({ configuration, cacheFolder: CACHE, hurry: "build" });
  }, 900_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  const card = (faults = "", environment: Readonly<Record<string, string>> = {}) =>
    loadFresh(path, { TERNAC_SIM_FAULTS: faults, ...environment });
  const accelerator = (library: BoardLibrary) =>
    uuidOf(library, enumerate(library, ACCELERATOR)[0]);
  const shell = (library: BoardLibrary) => uuidOf(library, enumerate(library, DEVICE)[0]);
  const open = (library: BoardLibrary, type: number) => {
    const handle: [unknown] = [null];
    return { result: library.open(enumerate(library, type)[0], handle, 0), handle: handle[0] };
  };
  const reconfigure = (library: BoardLibrary, file: Uint8Array) => {
    const { handle } = open(library, DEVICE);
    const result = library.reconfigure(handle, 0, file, file.length, 0);
    library.close(handle);
    return result;
  };

  describe("programmed", () => {
    it("is what the bitstream says", () => {
      const library = card();
      expect(accelerator(library)).toBe(ACCELERATOR_UUID);
      expect(reconfigure(library, gbs(shell(library), OTHER))).toBe(RESULT.ok);
      expect(accelerator(library)).toBe(OTHER);
      const { handle } = open(library, ACCELERATOR);
      const words = [0, 8, 16, 0x108].map((offset) => {
        const value: [bigint | number] = [0];
        expect(library.read64(handle, 0, offset, value)).toBe(RESULT.ok);
        return BigInt(value[0]);
      });
      expect(words).toEqual([FEATURE_HEADER, 0x0123456789abcdefn, 0x0123456789abcdefn, 0n]);
      library.close(handle);
      expect(reconfigure(library, gbs(shell(library), ACCELERATOR_UUID))).toBe(RESULT.ok);
      expect(new BoardHost(library).register("vlmax")).toBe(2048n);
    });

    it("holds something else at first, where that is wanted", () => {
      const library = card("", { TERNAC_SIM_BOARD_EMPTY: "1" });
      expect(accelerator(library)).not.toBe(ACCELERATOR_UUID);
    });

    it.each<[string, (interfaceUuid: string) => Uint8Array]>([
      ["for another shell", () => gbs(OTHER, ACCELERATOR_UUID)],
      ["without its magic", (shell) => gbs(shell, ACCELERATOR_UUID).fill(0, 0, 4)],
      ["that is cut off", (shell) => gbs(shell, ACCELERATOR_UUID).subarray(0, 60)],
      ["without UUIDs", () => gbs("", "")],
    ])("refuses a bitstream %s", (_, file) => {
      const library = card();
      expect(reconfigure(library, file(shell(library)))).toBe(RESULT.invalidParam);
      expect(accelerator(library)).toBe(ACCELERATOR_UUID);
    });

    it("is not programmed while somebody has its accelerator", () => {
      const library = card();
      const host = new BoardHost(library);
      const file = gbs(shell(library), OTHER);
      expect(reconfigure(library, file)).toBe(RESULT.busy);
      host.close();
      expect(reconfigure(library, file)).toBe(RESULT.ok);
    });

    it("keeps bitstream and memory for the next process, where there is a folder for it", () => {
      const environment = { TERNAC_SIM_STATE: folder };
      const first = card("", environment);
      const host = new BoardHost(first);
      const buffer = host.buffer(64);
      buffer.bytes.set([1, 2, 3, 4]);
      host.copy({}, buffer.address, 2 ** 27, 64);
      host.close();

      const second = new BoardHost(card("", environment));
      const back = second.buffer(64);
      second.copy({ toHost: true }, back.address, 2 ** 27, 64);
      expect([...back.bytes.subarray(0, 5)]).toEqual([1, 2, 3, 4, 0]);
      second.close();

      const third = card("", environment);
      reconfigure(third, gbs(shell(third), OTHER));
      expect(accelerator(card("", environment))).toBe(OTHER);
    });
  });

  describe("with a fault", () => {
    it("refuses one that there is not", () => {
      const library = card("mmio-timeout");
      expect(library.enumerate(null, 0, null, 0, [0])).toBe(RESULT.exception);
    });

    it("mmio-timeout: reads all ones, until a reset", () => {
      const library = card("mmio-timeout@3");
      const host = new BoardHost(library);
      expect(host.register("vlmax")).toBe(2048n);
      expect(host.register("vlmax")).toBe(2048n);
      expect(host.register("vlmax")).toBe(ALL_ONES);
      expect(host.register("feature_header")).toBe(ALL_ONES);
      host.reset();
      expect(host.register("vlmax")).toBe(2048n);
    });

    it("vanish: nothing answers any more, and closing works", () => {
      const library = card("vanish@2");
      const host = new BoardHost(library);
      const [token] = enumerate(library, ACCELERATOR);
      expect(host.register("vlmax")).toBe(2048n);
      expect(host.register("vlmax")).toBe(ALL_ONES);
      expect(enumerate(library, ACCELERATOR)).toEqual([]);
      expect(enumerate(library, DEVICE)).toEqual([]);
      expect(library.reset(host.handle)).toBe(RESULT.exception);
      expect(library.prepareBuffer(host.handle, 4096, [null], [0], 0)).toBe(RESULT.exception);
      expect(host.close()).toBe(RESULT.ok);
      expect(library.open(token, [null], 0)).toBe(RESULT.noDriver);
    });

    it("reset: loses its registers", () => {
      const host = new BoardHost(card("reset@3"));
      host.set("scratch", 5);
      expect(host.register("scratch")).toBe(5n);
      expect(host.register("scratch")).toBe(0n);
      host.set("scratch", 6);
      expect(host.register("scratch")).toBe(6n);
    });

    it.each([false, true])("dma-corrupt: the CRC tells (to the host: %s)", (toHost) => {
      const host = new BoardHost(card("dma-corrupt@3"));
      const buffer = host.buffer(640);
      buffer.bytes.fill(0x5a);
      // Lines 0 to 9 are the copy's, then comes its completion.
      const wrong = host.copy({ toHost }, buffer.address, 0, 640)!;
      expect(wrong.status).toBe(CODES.copy_status.done);
      expect(wrong.crc).not.toBe(crc32(buffer.bytes));
      const right = host.copy({ toHost }, buffer.address, 0, 640)!;
      expect(right.crc).toBe(crc32(buffer.bytes));
    });

    it("dma-error: the copy says so, until a reset", () => {
      const host = new BoardHost(card("dma-error@5"));
      const { address } = host.buffer(640);
      host.set("copy_host_address", address);
      host.set("copy_length", 640);
      host.set("copy_go", 0);
      while (host.field("copy_state", "busy") === 1);
      expect(host.field("copy_result", "status")).toBe(CODES.copy_status.host_error);
      host.reset();
      expect(host.copy({}, address, 0, 640)!.status).toBe(CODES.copy_status.done);
    });

    it("dma-hang: the copy does not end, until a reset", () => {
      const host = new BoardHost(card("dma-hang@5", { TERNAC_SIM_POLL_CLOCKS: "64" }));
      const { address } = host.buffer(640);
      expect(host.copy({}, address, 0, 640)).toBeUndefined();
      expect(host.field("copy_state", "busy")).toBe(1);
      host.reset();
      expect(host.copy({}, address, 0, 640)!.status).toBe(CODES.copy_status.done);
    });

    it("port-busy: the accelerator is somebody else's", () => {
      const library = card("port-busy");
      expect(open(library, ACCELERATOR).result).toBe(RESULT.busy);
      expect(reconfigure(library, gbs(shell(library), OTHER))).toBe(RESULT.busy);
    });

    it("wrong-interface: another shell", () =>
      expect(shell(card("wrong-interface"))).not.toBe(shell(card())));

    it("reconf-error: programming fails, and the old accelerator stays", () => {
      const library = card("reconf-error");
      expect(reconfigure(library, gbs(shell(library), OTHER))).toBe(RESULT.reconfError);
      expect(accelerator(library)).toBe(ACCELERATOR_UUID);
    });

    it("no-hugepages: small buffers only", () => {
      const library = card("no-hugepages");
      const host = new BoardHost(library);
      expect(library.prepareBuffer(host.handle, 8192, [null], [0], 0)).toBe(RESULT.noMemory);
      expect(library.prepareBuffer(host.handle, 4096, [null], [0], 0)).toBe(RESULT.ok);
    });
  });
});
