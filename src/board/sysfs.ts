/**
 * What the operating system tells of cards, without a library. Paths of the two kernel drivers, the one in
 * Linux (dfl) and the vendor's (intel-fpga), are those that opae-sdk's xfpga plugin reads.
 */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { formatUuid } from "../gbs/index.js";
import { type PciAddress, parsePciAddress } from "./library.js";
import { type Shell, shellOf } from "./shells.js";

export interface Temperature {
  readonly name: string;
  readonly celsius: number;
}

/** A PCI link: GT/s a lane, lanes. */
export interface PciLink {
  readonly speed: number;
  readonly width: number;
}

/** A function of a card on the PCI bus. */
export interface SystemCard {
  readonly address: PciAddress;
  readonly vendorId: number;
  readonly deviceId: number;
  /** All ones when the card does not answer. */
  readonly revision: number | undefined;
  readonly shell: Shell;
  /** Kernel driver that is bound to it. */
  readonly driver: string | undefined;
  readonly link: PciLink | undefined;
  readonly linkLimit: PciLink | undefined;
  /** UUID of the shell (interface), and the bitstream ID. */
  readonly interfaceUuid: string | undefined;
  readonly bitstreamId: string | undefined;
  /** UUID of the accelerator. */
  readonly acceleratorUuid: string | undefined;
  /** Error bits of the accelerator's port. */
  readonly portErrors: bigint | undefined;
  /** Device files of the management (fme) and of the accelerator (port). */
  readonly deviceFiles: readonly string[];
  readonly temperatures: readonly Temperature[];
}

/** Memory pages for accelerators. */
export interface Hugepages {
  readonly total: number;
  readonly free: number;
}

/** Reads `sys`, `proc` and `dev` under a folder: the machine's own, or a copy of another one's. */
export class SystemFiles {
  constructor(readonly root = "/") {}

  /** A small file's text; undefined when it cannot be read. */
  text(...path: string[]): string | undefined {
    try {
      return readFileSync(join(this.root, ...path), "utf8").trim();
    } catch {
      return undefined;
    }
  }

  /** Names in a folder, in order; none when there is none. */
  names(...path: string[]): string[] {
    try {
      return readdirSync(join(this.root, ...path)).sort();
    } catch {
      return [];
    }
  }

  /** The last part of where a symbolic link leads. */
  linked(...path: string[]): string | undefined {
    try {
      return basename(readlinkSync(join(this.root, ...path)));
    } catch {
      return undefined;
    }
  }

  number(...path: string[]): number | undefined {
    const value = Number(this.text(...path) || Number.NaN);
    return Number.isFinite(value) ? value : undefined;
  }

  /** Paths of what fits a pattern of names, one for each level below a folder. */
  find(folder: string, ...patterns: RegExp[]): string[] {
    const [pattern, ...rest] = patterns;
    if (!pattern) return [folder];
    return this.names(folder)
      .filter((name) => pattern.test(name))
      .flatMap((name) => this.find(join(folder, name), ...rest));
  }
}

const PCI = "sys/bus/pci/devices";
const HUGEPAGES = "sys/kernel/mm/hugepages/hugepages-2048kB";
const CONTAINER = /^(fpga_region|fpga)$/;
const DEVICE = /^(region|intel-fpga-dev\.)\d+$/;
const MANAGEMENT = /^(dfl|intel-fpga)-fme\.\d+$/;
const PORT = /^(dfl|intel-fpga)-port\.\d+$/;

/** The functions of D5005 cards on the PCI bus. */
export function systemCards(files: SystemFiles): SystemCard[] {
  return files.names(PCI).flatMap((name) => {
    const folder = join(PCI, name);
    const address = parsePciAddress(name);
    const [vendorId, deviceId] = [files.number(folder, "vendor"), files.number(folder, "device")];
    const shell = vendorId && deviceId ? shellOf(vendorId, deviceId) : undefined;
    return address && shell
      ? [systemCard(files, folder, address, vendorId!, deviceId!, shell)]
      : [];
  });
}

function systemCard(
  files: SystemFiles,
  folder: string,
  address: PciAddress,
  vendorId: number,
  deviceId: number,
  shell: Shell,
): SystemCard {
  const [management] = files.find(folder, CONTAINER, DEVICE, MANAGEMENT);
  const [port] = files.find(folder, CONTAINER, DEVICE, PORT);
  const inPort = (...path: string[]) => port && files.text(port, ...path);
  const errors = inPort("errors", "errors");
  return {
    address,
    vendorId,
    deviceId,
    revision: files.number(folder, "revision"),
    shell,
    driver: files.linked(folder, "driver"),
    link: link(files, folder, "current"),
    linkLimit: link(files, folder, "max"),
    interfaceUuid: management && uuid(interfaceText(files, management)),
    bitstreamId: management && files.text(management, "bitstream_id"),
    acceleratorUuid: uuid(inPort("afu_id")),
    portErrors: errors && /^(0x)?[0-9a-f]+$/i.test(errors) ? BigInt(withPrefix(errors)) : undefined,
    deviceFiles: [management, port].flatMap((path) => (path ? [`/dev/${basename(path)}`] : [])),
    temperatures: management ? temperatures(files, management) : [],
  };
}

function interfaceText(files: SystemFiles, management: string): string | undefined {
  const upstream = files.find(
    management,
    /^dfl-fme-region\.\d+$/,
    /^fpga_region$/,
    /^region\d+$/,
  )[0];
  return (
    (upstream && files.text(upstream, "compat_id")) ?? files.text(management, "pr", "interface_id")
  );
}

const withPrefix = (hex: string) => (/^0x/i.test(hex) ? hex : `0x${hex}`);

/** sysfs has UUIDs as 32 digits. */
function uuid(text: string | undefined): string | undefined {
  const digits = text?.replaceAll("-", "");
  if (!digits || !/^[0-9a-f]{32}$/i.test(digits)) return undefined;
  return formatUuid(Buffer.from(digits, "hex"));
}

function link(files: SystemFiles, folder: string, which: "current" | "max"): PciLink | undefined {
  const speed = Number.parseFloat(files.text(folder, `${which}_link_speed`) ?? "");
  const width = files.number(folder, `${which}_link_width`);
  return Number.isFinite(speed) && width ? { speed, width } : undefined;
}

const HWMON = [/^hwmon$/, /^hwmon\d+$/];
/** From the management to the board's sensors: its controller is at the end of an SPI bus. */
const BOARD_HWMON = [/^dfl/, /spi/, /^spi_master$/, /^spi\d+$/, /^spi\d+\.\d+$/, /hwmon/, ...HWMON];

/** Of the FPGA itself and of the board's sensors, where the driver has them. */
function temperatures(files: SystemFiles, management: string): Temperature[] {
  const sensors = [
    ...files.find(management, ...HWMON),
    ...files.find(management, ...BOARD_HWMON),
  ].flatMap((folder) =>
    files
      .names(folder)
      .filter((name) => /^temp\d+_input$/.test(name))
      .map((name) => ({
        name:
          files.text(folder, name.replace("input", "label"))?.replace(/ Temperature$/, "") ??
          "FPGA",
        celsius: (files.number(folder, name) ?? Number.NaN) / 1000,
      })),
  );
  const old = files.number(management, "thermal_mgmt", "temperature");
  if (old !== undefined) sensors.push({ name: "FPGA", celsius: old });
  return sensors.filter(({ celsius }) => Number.isFinite(celsius));
}

/** Pages of 2 MiB; undefined where the system has none. */
export function hugepages(files: SystemFiles): Hugepages | undefined {
  const [total, free] = [
    files.number(HUGEPAGES, "nr_hugepages"),
    files.number(HUGEPAGES, "free_hugepages"),
  ];
  return total === undefined || free === undefined ? undefined : { total, free };
}

/** Bytes that this user may lock in memory; Infinity without a limit; undefined when it is not told. */
export function lockedMemoryLimit(files: SystemFiles): number | undefined {
  const line = /^Max locked memory\s+(\S+)/m.exec(files.text("proc", "self", "limits") ?? "");
  if (!line) return undefined;
  return line[1] === "unlimited" ? Number.POSITIVE_INFINITY : Number(line[1]);
}
