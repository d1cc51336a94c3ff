/** Folders with the `sys`, `proc` and `dev` of machines that there are not. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { ACCELERATOR_UUID } from "../../src/board/index.js";

/** Contents of files by their path; undefined: not there. A value that begins with "->" is a link. */
export type Files = Readonly<Record<string, string | undefined>>;

const PCI = "sys/bus/pci/devices/0000:3b:00.0";
export const SHELL_A = "9346116d-a52d-5ca8-b06a-a9a389ef7c8d";
const undashed = (uuid: string) => uuid.replaceAll("-", "");

const memory: Files = {
  "sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages": "20",
  "sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages": "18",
  "proc/self/limits":
    "Limit  Soft Limit  Hard Limit  Units\nMax locked memory  unlimited  unlimited  bytes\n",
};

const pci: Files = {
  [`${PCI}/vendor`]: "0x8086",
  [`${PCI}/revision`]: "0x00",
  [`${PCI}/current_link_speed`]: "8.0 GT/s PCIe",
  [`${PCI}/current_link_width`]: "16",
  [`${PCI}/max_link_speed`]: "8.0 GT/s PCIe",
  [`${PCI}/max_link_width`]: "16",
};

const upstream = `${PCI}/fpga_region/region0`;
const vendor = `${PCI}/fpga/intel-fpga-dev.0`;

/** Nothing but memory. */
export const EMPTY: Files = memory;

/** A card with Linux's own driver and Ternac's accelerator. */
export const DFL: Files = {
  ...memory,
  ...pci,
  [`${PCI}/device`]: "0x0b2b",
  [`${PCI}/driver`]: "->../../../bus/pci/drivers/dfl-pci",
  [`${upstream}/dfl-fme.0/bitstream_id`]: "0x202000200000237",
  [`${upstream}/dfl-fme.0/dfl-fme-region.2/fpga_region/region1/compat_id`]: undashed(SHELL_A),
  [`${upstream}/dfl-fme.0/hwmon/hwmon3/temp1_input`]: "41500",
  [`${upstream}/dfl-port.0/afu_id`]: undashed(ACCELERATOR_UUID),
  [`${upstream}/dfl-port.0/errors/errors`]: "0x0",
  "dev/dfl-fme.0": "",
  "dev/dfl-port.0": "",
};

/** The same with the driver of the Acceleration Stack. */
export const STACK: Files = {
  ...memory,
  ...pci,
  [`${PCI}/device`]: "0x0b2b",
  [`${PCI}/driver`]: "->../../../bus/pci/drivers/intel-fpga-pci",
  [`${vendor}/intel-fpga-fme.0/bitstream_id`]: "0x202000200000237",
  [`${vendor}/intel-fpga-fme.0/pr/interface_id`]: undashed(SHELL_A),
  [`${vendor}/intel-fpga-fme.0/thermal_mgmt/temperature`]: "52",
  [`${vendor}/intel-fpga-port.0/afu_id`]: undashed(ACCELERATOR_UUID),
  [`${vendor}/intel-fpga-port.0/errors/errors`]: "0x0",
  "dev/intel-fpga-fme.0": "",
  "dev/intel-fpga-port.0": "",
};

export const CARD = PCI;
export const FME = `${upstream}/dfl-fme.0`;
/** Of a D5005's board management, at the end of an SPI bus. */
export const BOARD_SENSORS = `${FME}/dfl-fme.0.10/spi-altera.4.auto/spi_master/spi4/spi4.0/d5005bmc-hwmon.6.auto/hwmon/hwmon4`;
export const PORT = `${upstream}/dfl-port.0`;

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** Write a machine's files into a folder. @returns its path */
export function machine(...layers: readonly Files[]): string {
  const root = mkdtempSync(join(tmpdir(), "ternac-machine-"));
  made.push(root);
  for (const [name, text] of Object.entries(Object.assign({}, ...layers) as Files)) {
    if (text === undefined) continue;
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    if (text.startsWith("->")) symlinkSync(text.slice(2), path);
    else writeFileSync(path, `${text}\n`);
  }
  return root;
}
