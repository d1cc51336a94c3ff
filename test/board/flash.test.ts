/** Programming a card that is modelled in TypeScript. */
import { describe, expect, it } from "vitest";
import {
  ACCELERATOR_UUID,
  checkBitstream,
  describeBoards,
  flashGbs,
  SystemFiles,
  systemCards,
} from "../../src/board/index.js";
import { gbsHeader, readGbs } from "../../src/gbs/index.js";
import { TINY } from "../emulator/images.js";
import { userError } from "../support/errors.js";
import { FakeCard, SHELL_UUID } from "./fake-card.js";
import { DFL, machine } from "./machine.js";

const FOREIGN = "d8424dc4-a4a3-c413-f89e-433683f9040b";

function bitstream(change: (image: Record<string, unknown>) => void = () => {}): Uint8Array {
  const image = {
    power: 0,
    "interface-uuid": SHELL_UUID,
    "accelerator-clusters": [
      { name: "ternac", "total-contexts": 1, "accelerator-type-uuid": ACCELERATOR_UUID },
    ],
  };
  change(image);
  const description = JSON.stringify({ version: 1, "afu-image": image });
  return Buffer.concat([gbsHeader({ file: "d", description }), Buffer.from("bits")]);
}

async function flash(card: FakeCard, bytes = bitstream(), options = {}) {
  const gbs = readGbs("f.gbs", bytes);
  checkBitstream("f.gbs", gbs);
  const settings = { file: "f.gbs", choice: "auto", timeoutMs: 50, ...options };
  return flashGbs(card.library, gbs, bytes, settings);
}

function foreignCard(): FakeCard {
  const card = new FakeCard(TINY);
  card.uuid = FOREIGN;
  return card;
}

describe("flashGbs", () => {
  it("programs a card, and asks it what it is", async () => {
    const card = foreignCard();
    const steps: string[] = [];
    const report = await flash(card, bitstream(), { onStep: (step: string) => steps.push(step) });
    expect(card.uuid).toBe(ACCELERATOR_UUID);
    expect(report).toMatchObject({
      card: "0000:3b:00.0",
      accelerator: { configuration: "tiny", dramBytes: TINY.dram },
    });
    expect(steps).toHaveLength(2);
    expect(card.openHandles).toBe(0);
  });

  it("changes nothing in a dry run", async () => {
    const card = foreignCard();
    expect(await flash(card, bitstream(), { dryRun: true })).not.toHaveProperty("accelerator");
    expect(card.uuid).toBe(FOREIGN);
  });

  it.each<[string, Uint8Array, string]>([
    [
      "another accelerator",
      bitstream((image) =>
        Object.assign((image["accelerator-clusters"] as object[])[0]!, {
          "accelerator-type-uuid": FOREIGN,
        }),
      ),
      `f.gbs is accelerator "ternac", ${FOREIGN}, expected Ternac's`,
    ],
    [
      "a clock that is too fast",
      bitstream((image) => Object.assign(image, { "clock-frequency-high": 601 })),
      "the high user clock is to be 601 MHz, expected 25 to 600",
    ],
    [
      "a clock that is too slow",
      bitstream((image) =>
        Object.assign(image, { "clock-frequency-high": 25, "clock-frequency-low": 9.5 }),
      ),
      "the low user clock is to be 9.5 MHz, expected 10 to 600",
    ],
    [
      "one clock without the other",
      bitstream((image) => Object.assign(image, { "clock-frequency-high": 300 })),
      "the low user clock is to be 0 MHz, expected 10 to 600, or 0 for both",
    ],
    [
      "clocks in the wrong order",
      bitstream((image) =>
        Object.assign(image, { "clock-frequency-low": 300, "clock-frequency-high": 150 }),
      ),
      "the low user clock, 300 MHz, is above the high one, 150 MHz",
    ],
    [
      "a bitstream for another shell",
      bitstream((image) => Object.assign(image, { "interface-uuid": FOREIGN })),
      `f.gbs was made for the shell ${FOREIGN}, the card at 0000:3b:00.0 has ${SHELL_UUID}`,
    ],
  ])("refuses %s before the card is touched", async (_, bytes, message) => {
    const card = foreignCard();
    const error = await userError(() => flash(card, bytes));
    expect(error.message).toContain(message);
    expect([card.uuid, card.openHandles]).toEqual([FOREIGN, 0]);
  });

  it.each<[string, FakeCard["faults"], string]>([
    ["a card in use", { busy: true }, "another process uses the accelerator of 0000:3b:00.0"],
    [
      "a driver that refuses",
      { reconfiguration: 1 },
      "the driver refused the bitstream: its metadata",
    ],
    [
      "a card that refuses",
      { reconfiguration: 10 },
      "the card refused the bitstream while it was written",
    ],
    ["a card that does not end", { reconfiguration: 3 }, "the reconfiguration did not end"],
    ["no right to do it", { reconfiguration: 9 }, "or for the user clock (FPGA_NO_ACCESS)"],
    ["no user clock", { reconfiguration: 4 }, "or the control of its user clock, nowhere"],
    ["another accelerator afterwards", { wrongAccelerator: true }, "but shows accelerator"],
    ["a dead accelerator afterwards", { gone: true }, "its registers read as all ones"],
  ])("tells of %s", async (_, faults, message) => {
    const card = foreignCard();
    Object.assign(card.faults, faults);
    const error = await userError(() => flash(card));
    expect(error.message).toContain(message);
    expect(card.openHandles).toBe(0);
    for (const fault of Object.keys(faults)) delete card.faults[fault as never];
    expect((await flash(card)).accelerator).toBeDefined();
  });

  it("tells when the card is not where it was said to be, or not there", async () => {
    const card = foreignCard();
    const elsewhere = await userError(() => flash(card, bitstream(), { choice: "5e:00.0" }));
    expect(elsewhere.message).toBe("there is no card at 5e:00.0; there are some at 0000:3b:00.0");
    const gbs = readGbs("f", bitstream());
    const none = { name: "none", enumerate: () => [] };
    const options = { file: "f", choice: "auto", timeoutMs: 1 };
    const error = await userError(() => flashGbs(none, gbs, bitstream(), options));
    expect(error.message).toBe("no card was found");
  });

  it("does not choose between two cards", async () => {
    const two = [foreignCard(), foreignCard()];
    const library = {
      name: "two",
      enumerate: (kind: "device" | "accelerator") =>
        two.flatMap((card, i) =>
          card.library
            .enumerate(kind)
            .map((found) => ({ ...found, address: { ...found.address, bus: i } })),
        ),
    };
    const gbs = readGbs("f", bitstream());
    const options = { file: "f", choice: "auto", timeoutMs: 50 };
    const error = await userError(() => flashGbs(library, gbs, bitstream(), options));
    expect(error.message).toBe("there are 2 cards: 0000:00:00.0, 0000:01:00.0");
    expect(error.help).toBe("choose one with --board");
    await flashGbs(library, gbs, bitstream(), { ...options, choice: "01:00.0" });
    expect(two.map(({ uuid }) => uuid)).toEqual([FOREIGN, ACCELERATOR_UUID]);
  });
});

describe("describeBoards", () => {
  it("puts together what library and system tell", () => {
    const system = systemCards(new SystemFiles(machine(DFL)));
    const [board, ...others] = describeBoards(new FakeCard(TINY).library, system);
    expect(others).toEqual([]);
    expect(board).toMatchObject({
      address: "0000:3b:00.0",
      pciId: "8086:0b2b",
      driver: "dfl-pci",
      shell: { name: "A" },
      ternac: true,
      busy: false,
    });
    expect(describeBoards(undefined, system)).toMatchObject([{ ternac: true }]);
    expect(describeBoards(foreignCard().library, [])).toMatchObject([{ acceleratorUuid: FOREIGN }]);
    expect(describeBoards(undefined, [])).toEqual([]);
  });
});
