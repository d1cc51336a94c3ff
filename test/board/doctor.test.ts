/** What `board doctor` finds on machines in every state. */
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { examine, SystemFiles, systemCards } from "../../src/board/index.js";
import { UserError } from "../../src/diagnostics/diagnostic.js";
import {
  BOARD_SENSORS,
  CARD,
  DFL,
  EMPTY,
  type Files,
  FME,
  machine,
  PORT,
  SHELL_A,
  STACK,
} from "./machine.js";

const found = (root: string, library = () => ({ name: "libopae-c.so.2", enumerate: () => [] })) =>
  examine({ root, library, platform: "linux", architecture: "x64" });

const problems = (...layers: readonly Files[]) =>
  found(machine(...layers)).filter(({ status }) => status !== "ok");

describe("examine", () => {
  it.each([
    ["Linux's driver", DFL],
    ["the Acceleration Stack's driver", STACK],
  ])("finds nothing to put right on a machine with %s", (_, files) => {
    expect(problems(files)).toEqual([]);
    expect(found(machine(files)).map(({ check }) => check.split(" ")[0])).toEqual([
      ...["platform", "card", "link", "driver", "permissions", "permissions", "accelerator"],
      ...["temperature", "library", "hugepages", "locked"],
    ]);
  });

  it.each<[string, Files, "fail" | "warning", string, string]>([
    ["nothing", { ...EMPTY }, "fail", "there is no D5005 on the PCI bus", "check its seat"],
    [
      "a card that turned itself off",
      { ...DFL, [`${CARD}/revision`]: "0xff" },
      "fail",
      "does not answer (revision ff)",
      "cold-start",
    ],
    [
      "a card in a narrow slot",
      { ...DFL, [`${CARD}/current_link_width`]: "8" },
      "warning",
      "8 GT/s, 8 lanes, where the card has 8 GT/s, 16 lanes",
      "use a slot with 16 lanes",
    ],
    [
      "a slow link",
      { ...DFL, [`${CARD}/current_link_speed`]: "2.5 GT/s PCIe" },
      "warning",
      "2.5 GT/s, 16 lanes",
      "slot",
    ],
    [
      "a link that is not told",
      { ...DFL, [`${CARD}/current_link_speed`]: undefined },
      "warning",
      "does not tell its speed",
      "lspci",
    ],
    [
      "no driver",
      { ...EMPTY, ...only(DFL, CARD), [`${CARD}/driver`]: undefined },
      "fail",
      "no kernel driver is bound",
      "modprobe dfl-pci",
    ],
    [
      "another driver",
      { ...DFL, [`${CARD}/driver`]: "->../drivers/uio_pci_generic" },
      "fail",
      "uio_pci_generic is bound",
      "bind",
    ],
    [
      "a driver that does not know the shell",
      { ...EMPTY, ...only(DFL, `${CARD}/`, "fpga_region") },
      "fail",
      "made neither management nor port",
      "of one OFS release",
    ],
    [
      "no device file",
      { ...DFL, "dev/dfl-port.0": undefined },
      "fail",
      "/dev/dfl-port.0 is missing",
      "udev",
    ],
    [
      "another accelerator",
      { ...DFL, [`${PORT}/afu_id`]: "d8424dc4a4a3c413f89e433683f9040b" },
      "fail",
      "another one, d8424dc4-a4a3-c413-f89e-433683f9040b",
      "ternac flash",
    ],
    [
      "errors of the port",
      { ...DFL, [`${PORT}/errors/errors`]: "0x10000000000000" },
      "warning",
      "the port reports errors: 0x10000000000000",
      "board reset",
    ],
    [
      "heat",
      { ...DFL, [`${FME}/hwmon/hwmon3/temp1_input`]: "93000" },
      "warning",
      "FPGA 93.0 °C: soon it turns itself off",
      "air flow",
    ],
    [
      "heat that the board's own sensors tell of",
      {
        ...DFL,
        [`${BOARD_SENSORS}/temp9_input`]: "93500",
        [`${BOARD_SENSORS}/temp9_label`]: "FPGA Core Temperature",
      },
      "warning",
      "FPGA Core 93.5 °C: soon it turns itself off",
      "air flow",
    ],
    [
      "no hugepages",
      { ...DFL, "sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages": "0" },
      "warning",
      "0 of 20 pages of 2 MiB are free",
      "nr_hugepages",
    ],
    [
      "a kernel without hugepages",
      { ...DFL, "sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages": undefined },
      "warning",
      "the system has none of 2 MiB",
      "nr_hugepages",
    ],
    [
      "a limit of locked memory",
      { ...DFL, "proc/self/limits": "Max locked memory  65536  65536  bytes\n" },
      "warning",
      "may lock 65,536 bytes",
      "ulimit -l",
    ],
  ])("finds %s", (_, files, status, message, help) => {
    const [first, ...others] = problems(files);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ status });
    expect(first!.message).toContain(message);
    expect(first!.help).toContain(help);
  });

  function only(files: Files, part: string, but = "\0"): Files {
    const entries = Object.entries(files).filter(
      ([path]) => path.includes(part) && !path.includes(but),
    );
    return Object.fromEntries(
      part === CARD ? entries.filter(([p]) => !p.includes("region")) : entries,
    );
  }

  it("finds a library that is missing, and another platform", () => {
    const library = () => {
      throw new UserError("no library", "install it");
    };
    const all = examine({ root: machine(DFL), library, platform: "darwin", architecture: "arm64" });
    expect(all.filter(({ status }) => status === "fail").map(({ check }) => check)).toEqual([
      "platform",
      "library",
    ]);
  });

  it.skipIf(process.getuid?.() === 0)("finds device files that cannot be written", () => {
    const root = machine(DFL);
    chmodSync(join(root, "dev/dfl-port.0"), 0o444);
    const [first] = found(root).filter(({ status }) => status === "fail");
    expect(first!.message).toContain("/dev/dfl-port.0 cannot be written by this user");
    expect(first!.help).toContain("udev rule");
  });
});

describe("systemCards", () => {
  it.each([
    ["Linux's driver", DFL, 41.5],
    ["the Acceleration Stack's", STACK, 52],
  ])("reads what %s tells", (_, files, celsius) => {
    const [card, ...others] = systemCards(new SystemFiles(machine(files)));
    expect(others).toEqual([]);
    expect(card).toMatchObject({
      address: { segment: 0, bus: 0x3b, device: 0, function: 0 },
      deviceId: 0x0b2b,
      shell: { name: "A", virtual: false },
      interfaceUuid: SHELL_A,
      bitstreamId: "0x202000200000237",
      link: { speed: 8, width: 16 },
      portErrors: 0n,
      temperatures: [{ name: "FPGA", celsius }],
    });
  });

  it("passes over what is no card, and no file", () => {
    const other = "sys/bus/pci/devices/0000:00:1f.3";
    const files = { [`${other}/vendor`]: "0x8086", [`${other}/device`]: "0xa348" };
    expect(systemCards(new SystemFiles(machine(EMPTY, files)))).toEqual([]);
    expect(systemCards(new SystemFiles("/no/such/folder"))).toEqual([]);
  });
});
