/** The calls to libopae-c, against a library in C that checks and records them. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import koffi from "koffi";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FpgaLibrary, loadLibopae } from "../../src/board/index.js";
import { parseUuid } from "../../src/gbs/index.js";
import { userError } from "../support/errors.js";

const compiler = ["gcc", "cc"].find(
  (name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0,
);
const SHELL = "9346116d-a52d-5ca8-b06a-a9a389ef7c8d";
const AFU = "a495762f-2b35-406a-9457-4bb668c15962";

describe.skipIf(!compiler || process.platform !== "linux")("libopae-c", () => {
  const folder = mkdtempSync(join(tmpdir(), "ternac-stub-"));
  const path = join(folder, "libstub.so");
  let library: FpgaLibrary;
  let left: () => number;
  let setRegister: (offset: number, value: bigint) => void;

  beforeAll(() => {
    const source = join(import.meta.dirname, "stub_opae.c");
    const flags = ["-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-o", path, source];
    const { status, stderr } = spawnSync(compiler!, flags, { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const stub = koffi.load(path);
    left = stub.func("int stubLeft(void)") as () => number;
    setRegister = stub.func("void stubSetRegister(uint64_t, uint64_t)") as typeof setRegister;
    const setUuid = stub.func("void stubSetUuid(int, uint8_t *)");
    for (const [i, uuid] of [SHELL, AFU].entries()) setUuid(i, parseUuid(uuid));
    library = loadLibopae(path);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => {
    delete process.env.TERNAC_STUB_FAIL;
    expect(left(), "tokens, handles, properties and buffers that are left").toBe(0);
  });

  /** What fails with which result, as setenv, which the library sees. */
  const fail = (what: string) => {
    process.env.TERNAC_STUB_FAIL = what;
  };
  const find = (kind: "device" | "accelerator") => {
    const [resource, ...others] = library.enumerate(kind);
    expect(others).toEqual([]);
    return resource!;
  };

  it("is enumerated", () => {
    const device = find("device");
    expect(device).toMatchObject({
      kind: "device",
      address: { segment: 1, bus: 0xaf, device: 0x1f, function: 0 },
      vendorId: 0x8086,
      deviceId: 0xbcce,
      uuid: SHELL,
      busy: undefined,
      bitstreamId: 0xf123456789abcdefn,
    });
    const accelerator = find("accelerator");
    expect(accelerator).toMatchObject({ uuid: AFU, busy: false, address: { function: 3 } });
    device.release();
    accelerator.release();
    accelerator.release(); // once is enough
  });

  it("reads and writes registers of every width", () => {
    const accelerator = find("accelerator");
    const handle = accelerator.open();
    setRegister(0x38, 0xfedcba9876543210n);
    expect(handle.readMmio64(0x38)).toBe(0xfedcba9876543210n);
    expect(handle.readMmio32(0x3c)).toBe(0xfedcba98);
    handle.writeMmio32(0x3c, 0x81234567);
    handle.writeMmio64(0x40, -1n);
    expect(handle.readMmio64(0x38)).toBe(0x8123456776543210n);
    expect(handle.readMmio64(0x40)).toBe(2n ** 64n - 1n);
    setRegister(0x40, 5n);
    expect(handle.readMmio64(0x40)).toBe(5n);
    handle.reset();
    expect(handle.readMmio64(0x38)).toBe(0n);
    handle.close();
    handle.close();
    accelerator.release();
  });

  it("is open once", async () => {
    const accelerator = find("accelerator");
    const handle = accelerator.open();
    const again = find("accelerator");
    expect(again.busy).toBe(true);
    const error = await userError(() => again.open());
    expect(error.message).toBe(
      "cannot open the accelerator of 0001:af:1f.3: another process is using it (FPGA_BUSY)",
    );
    handle.close();
    for (const resource of [accelerator, again]) resource.release();
  });

  it("shares memory, and takes it back with the handle", () => {
    const accelerator = find("accelerator");
    const handle = accelerator.open();
    const [first, second] = [handle.allocate(4096)!, handle.allocate(2 ** 21)!];
    expect([first.bytes.length, second.bytes.length]).toEqual([4096, 2 ** 21]);
    expect(second.bytes[2 ** 21 - 1]).toBe(0x5a);
    expect(second.ioAddress).toBe(0xff00000000200000n);
    first.free();
    first.free();
    handle.close();
    accelerator.release();
  });

  it("is programmed with a whole file", () => {
    const device = find("device");
    const handle = device.open();
    handle.reconfigure(Uint8Array.from({ length: 1000 }, (_, i) => i));
    expect([handle.readMmio64(0x38), handle.readMmio64(0x40)]).toEqual([999n & 255n, 1000n]);
    handle.close();
    device.release();
  });

  it.each([
    ["memory of a kind", 5],
    ["the right to lock as much", 1],
  ])("without %s gives none", (_, result) => {
    const accelerator = find("accelerator");
    const handle = accelerator.open();
    fail(`fpgaPrepareBuffer=${result}`);
    expect(handle.allocate(2 ** 21)).toBeUndefined();
    handle.close();
    accelerator.release();
  });

  it("without a driver finds nothing", () => {
    fail("fpgaEnumerate=4");
    expect(library.enumerate("device")).toEqual([]);
  });

  const OPEN = "the accelerator of 0001:af:1f.3";
  it.each([
    ["fpgaGetProperties=5", "cannot look for cards with", "not enough memory (FPGA_NO_MEMORY)"],
    ["fpgaEnumerate=7", "cannot look for cards with", "driver does not answer (FPGA_NO_DRIVER)"],
    ["fpgaOpen=9", `cannot open ${OPEN}`, "permission denied (FPGA_NO_ACCESS)"],
    ["fpgaOpen=2", `cannot open ${OPEN}`, "another process is using it (FPGA_BUSY)"],
    ["fpgaReadMMIO64=3", `cannot read register 0x38 of ${OPEN}`, "did not answer (FPGA_EXCEPTION)"],
    ["fpgaWriteMMIO64=4", `cannot write register 0x38 of ${OPEN}`, "is gone (FPGA_NOT_FOUND)"],
    [
      "fpgaReadMMIO32=1",
      `cannot read register 0x38 of ${OPEN}`,
      "out of reach (FPGA_INVALID_PARAM)",
    ],
    [
      "fpgaWriteMMIO32=6",
      `cannot write register 0x38 of ${OPEN}`,
      "cannot do that (FPGA_NOT_SUPPORTED)",
    ],
    ["fpgaPrepareBuffer=3", `cannot prepare a buffer for ${OPEN}`, "(FPGA_EXCEPTION)"],
    ["fpgaGetIOAddress=8", `cannot map a buffer for ${OPEN}`, "does not run (FPGA_NO_DAEMON)"],
    [
      "fpgaReleaseBuffer=3",
      `cannot free a buffer of ${OPEN}`,
      "the driver failed (FPGA_EXCEPTION)",
    ],
    [
      "fpgaGetProperties of a token=3",
      "a card was found, but cannot be asked for its accelerator",
      "the library failed (FPGA_EXCEPTION)",
    ],
    ["fpgaReset=3", `cannot reset ${OPEN}`, "reset did not end (FPGA_EXCEPTION)"],
    ["fpgaReconfigureSlot=10", `cannot program ${OPEN}`, "refused the bitstream while"],
    ["fpgaClose=3", `cannot close ${OPEN}`, "the driver failed (FPGA_EXCEPTION)"],
    ["fpgaOpen=99", `cannot open ${OPEN}`, "unknown result 99 of the library"],
  ])("tells what %s means", async (what, subject, meaning) => {
    fail(what);
    const error = await userError(() => {
      const accelerator = find("accelerator");
      try {
        const handle = accelerator.open();
        try {
          handle.writeMmio64(0x38, 1n);
          handle.readMmio64(0x38);
          handle.writeMmio32(0x38, 1);
          handle.readMmio32(0x38);
          handle.allocate(4096)!.free();
          handle.reset();
          handle.reconfigure(Uint8Array.of(1));
        } catch (error) {
          handle.close();
          throw error;
        }
        handle.close();
      } finally {
        accelerator.release();
      }
    });
    expect(error.message).toContain(subject);
    expect(error.message).toContain(meaning);
  });

  it("that is no library, or not there, is told so", async () => {
    const missing = await userError(() => loadLibopae(join(folder, "none.so")));
    expect(missing.message).toContain("none.so: it does not exist");
    const wrong = await userError(() => loadLibopae(import.meta.filename));
    expect(wrong.message).toContain("libopae.test.ts: invalid ELF header");
  });
});
