/** Looks for what keeps a card from working, and says what to do about each. */
import { accessSync, constants, existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../diagnostics/diagnostic.js";
import { ACCELERATOR_UUID } from "./generated.js";
import { type FpgaLibrary, formatPciAddress } from "./library.js";
import { formatShell } from "./shells.js";
import {
  hugepages,
  lockedMemoryLimit,
  type SystemCard,
  SystemFiles,
  systemCards,
} from "./sysfs.js";

export interface Finding {
  /** What was looked at. */
  readonly check: string;
  /** `fail`: nothing works before it is put right; `warning`: it works, but badly or not for long. */
  readonly status: "ok" | "warning" | "fail";
  readonly message: string;
  readonly help?: string;
}

export interface DoctorOptions {
  /** Where `sys`, `proc` and `dev` are. Default: the machine's own. */
  readonly root?: string;
  /** Loads the library for cards; throws a UserError when it cannot. */
  readonly library: () => FpgaLibrary;
  readonly platform?: string;
  readonly architecture?: string;
}

/** Buffers of 2 MiB that the driver uses. */
const HUGEPAGES_WANTED = 4;
/** They, the completions and some room. */
const LOCKED_WANTED = 16 * 2 ** 20;
/** Where the card begins to slow down, and soon turns itself off, in degrees Celsius. */
const HOT = 85;
const GONE_REVISION = 0xff;
/** Gen3, 16 lanes: what the card is built for. */
const FULL_LINK = { speed: 8, width: 16 };

const KNOWN_DRIVERS = ["dfl-pci", "intel-fpga-pci", "vfio-pci"];

const ok = (check: string, message: string): Finding => ({ check, status: "ok", message });
const fail = (check: string, message: string, help: string): Finding => ({
  check,
  status: "fail",
  message,
  help,
});
const warning = (check: string, message: string, help: string): Finding => ({
  check,
  status: "warning",
  message,
  help,
});

/** Everything that was looked at, in the order in which things should be put right. */
export function examine(options: DoctorOptions): Finding[] {
  const files = new SystemFiles(options.root);
  const cards = systemCards(files);
  return [
    platform(options),
    ...(cards.length > 0 ? cards.flatMap((card) => examineCard(files, card)) : [noCard()]),
    library(options),
    pages(files),
    locked(files),
  ];
}

function platform({ platform = process.platform, architecture = process.arch }: DoctorOptions) {
  return platform === "linux" && architecture === "x64"
    ? ok("platform", "Linux on x86-64")
    : fail(
        "platform",
        `${platform} on ${architecture}: drivers of the card are for Linux on x86-64`,
        "put the card into such a machine, or do without: --board sim",
      );
}

function noCard(): Finding {
  return fail(
    "card",
    "there is no D5005 on the PCI bus (8086:0b2b, 0b2c, bcce or bccf)",
    "check its seat and its power cables, then cold-start the machine; or do without a card: --board sim",
  );
}

function examineCard(files: SystemFiles, card: SystemCard): Finding[] {
  const place = formatPciAddress(card.address);
  if (card.revision === GONE_REVISION)
    return [
      fail(
        `card ${place}`,
        "it is on the bus, but does not answer (revision ff): it turned itself off, or was reset by itself",
        "cards do so when they get too hot: give it the air flow of a server, then cold-start the machine",
      ),
    ];
  return [
    ok(`card ${place}`, `shell ${formatShell(card.shell)}`),
    pciLink(place, card),
    ...driver(place, card),
    ...deviceFiles(files, place, card),
    ...accelerator(place, card),
    ...heat(place, card),
  ];
}

function pciLink(place: string, { link, linkLimit }: SystemCard): Finding {
  const check = `link ${place}`;
  if (!link)
    return warning(check, "the system does not tell its speed", "see `lspci -vv`, line LnkSta");
  const text = `${link.speed} GT/s, ${link.width} lanes`;
  if (link.speed >= FULL_LINK.speed && link.width >= FULL_LINK.width) return ok(check, text);
  const limit = linkLimit ? `${linkLimit.speed} GT/s, ${linkLimit.width} lanes` : "unknown";
  return warning(
    check,
    `${text}, where the card has ${FULL_LINK.speed} GT/s, ${FULL_LINK.width} lanes (limit of the link: ${limit})`,
    "loading is slower; use a slot with 16 lanes of PCIe 3, and no bifurcation in the BIOS",
  );
}

function driver(place: string, { driver: name, shell, deviceFiles }: SystemCard): Finding[] {
  const check = `driver ${place}`;
  if (name === undefined)
    return [
      fail(
        check,
        "no kernel driver is bound to the card",
        shell.name === "A"
          ? "load it: sudo modprobe dfl-pci, or the one of the Acceleration Stack (intel-fpga-pci); with Secure Boot, modules must be signed"
          : "load it: sudo modprobe dfl-pci (Linux 6.1 or the OFS kernel; older kernels do not know the card's ids)",
      ),
    ];
  if (!KNOWN_DRIVERS.includes(name))
    return [
      fail(
        check,
        `${name} is bound to the card, expected dfl-pci or intel-fpga-pci`,
        `unbind it (echo ${place} | sudo tee /sys/bus/pci/drivers/${name}/unbind), then: sudo modprobe dfl-pci`,
      ),
    ];
  if (name !== "vfio-pci" && !shell.virtual && deviceFiles.length === 0)
    return [
      fail(
        check,
        `${name} is bound, but made neither management nor port of the card`,
        "see `dmesg`; the driver and the shell may be of different releases: use those of one Acceleration Stack, or of one OFS release",
      ),
    ];
  return [ok(check, name)];
}

function deviceFiles(files: SystemFiles, place: string, card: SystemCard): Finding[] {
  return card.deviceFiles.map((path) => {
    const check = `permissions ${place}`;
    const full = join(files.root, path);
    if (!existsSync(full))
      return fail(check, `${path} is missing`, "start udev, or load the driver again; see `dmesg`");
    try {
      accessSync(full, constants.R_OK | constants.W_OK);
      return ok(check, `${path} can be written`);
    } catch {
      return fail(
        check,
        `${path} cannot be written by this user`,
        `for now: sudo chmod 666 ${path}; for good: a udev rule such as KERNEL=="dfl-*", MODE="0666" in /etc/udev/rules.d/90-fpga.rules`,
      );
    }
  });
}

function accelerator(place: string, card: SystemCard): Finding[] {
  const check = `accelerator ${place}`;
  const { acceleratorUuid, portErrors } = card;
  const errors =
    portErrors !== undefined && portErrors !== 0n
      ? [
          warning(
            check,
            `the port reports errors: 0x${portErrors.toString(16)}`,
            "reset it: ternac board reset; if they come back, the card was too hot, or the accelerator broke a rule of the bus: see `fpgainfo errors all`",
          ),
        ]
      : [];
  if (acceleratorUuid === undefined) return errors;
  return [
    ...errors,
    acceleratorUuid === ACCELERATOR_UUID
      ? ok(check, "Ternac's")
      : fail(check, `another one, ${acceleratorUuid}`, "program the card: ternac flash FILE.gbs"),
  ];
}

function heat(place: string, { temperatures }: SystemCard): Finding[] {
  if (temperatures.length === 0) return [];
  const hottest = temperatures.reduce((a, b) => (b.celsius > a.celsius ? b : a));
  const check = `temperature ${place}`;
  const text = `${hottest.name} ${hottest.celsius.toFixed(1)} °C`;
  return [
    hottest.celsius < HOT
      ? ok(check, text)
      : warning(check, `${text}: soon it turns itself off`, "give it the air flow of a server"),
  ];
}

function library({ library: load }: DoctorOptions): Finding {
  try {
    const { name } = load();
    return ok("library", name);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return fail("library", error.message, error.help ?? "see docs/card/driver.md");
  }
}

function pages(files: SystemFiles): Finding {
  const found = hugepages(files);
  const help =
    "reserve some: echo 20 | sudo tee /sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages; for good: vm.nr_hugepages = 20 in /etc/sysctl.d/90-fpga.conf";
  if (!found) return warning("hugepages", "the system has none of 2 MiB", help);
  const text = `${found.free} of ${found.total} pages of 2 MiB are free`;
  return found.free >= HUGEPAGES_WANTED
    ? ok("hugepages", text)
    : warning("hugepages", `${text}, ${HUGEPAGES_WANTED} are used: copies will be slower`, help);
}

function locked(files: SystemFiles): Finding {
  const limit = lockedMemoryLimit(files);
  if (limit === undefined || limit === Number.POSITIVE_INFINITY || limit >= LOCKED_WANTED)
    return ok(
      "locked memory",
      limit === undefined ? "the system does not tell" : "enough is allowed",
    );
  return warning(
    "locked memory",
    `this user may lock ${limit.toLocaleString("en")} bytes, ${LOCKED_WANTED.toLocaleString("en")} are used`,
    "ulimit -l unlimited; for good: * - memlock unlimited in /etc/security/limits.d/90-fpga.conf, then log in again",
  );
}
