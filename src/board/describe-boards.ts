/** What there is to say of every card, from the library and from the operating system. */

import { ACCELERATOR_UUID } from "./generated.js";
import { type FpgaLibrary, type FpgaResource, formatPciAddress, sameCard } from "./library.js";
import { type Shell, shellOf } from "./shells.js";
import type { SystemCard } from "./sysfs.js";

export interface BoardDescription {
  /** PCI address. */
  readonly address: string;
  readonly shell: Shell | undefined;
  readonly pciId: string;
  readonly driver: string | undefined;
  readonly interfaceUuid: string | undefined;
  readonly bitstreamId: string | undefined;
  readonly acceleratorUuid: string | undefined;
  /** Whether it is programmed with Ternac's accelerator. */
  readonly ternac: boolean;
  readonly busy: boolean | undefined;
  readonly system: SystemCard | undefined;
}

/**
 * Every card that the library or the system sees.
 * @param library undefined: there is none
 */
export function describeBoards(
  library: FpgaLibrary | undefined,
  system: readonly SystemCard[],
): BoardDescription[] {
  const resources = library ? everything(library) : [];
  const addresses = new Map(
    [...system, ...resources].map(({ address }) => [
      formatPciAddress({ ...address, function: 0 }),
      address,
    ]),
  );
  const boards = [...addresses]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, address]) => {
      const here = <Part extends Pick<FpgaResource, "address">>(parts: readonly Part[]) =>
        parts.filter((part) => sameCard(part.address, address));
      return describe(here(resources), here(system)[0]);
    });
  for (const resource of resources) resource.release();
  return boards;
}

function everything(library: FpgaLibrary): FpgaResource[] {
  const devices = library.enumerate("device");
  try {
    return [...devices, ...library.enumerate("accelerator")];
  } catch (error) {
    for (const device of devices) device.release();
    throw error;
  }
}

function describe(
  resources: readonly FpgaResource[],
  system: SystemCard | undefined,
): BoardDescription {
  const device = resources.find(({ kind }) => kind === "device");
  const accelerators = resources.filter(({ kind }) => kind === "accelerator");
  const accelerator = accelerators.find(({ uuid }) => uuid === ACCELERATOR_UUID) ?? accelerators[0];
  const { address, vendorId, deviceId } = (system ?? device ?? accelerator)!;
  const acceleratorUuid = accelerator?.uuid ?? system?.acceleratorUuid;
  const hex = (value: number) => value.toString(16).padStart(4, "0");
  return {
    address: formatPciAddress(address),
    shell: system?.shell ?? shellOf(vendorId, deviceId),
    pciId: `${hex(vendorId)}:${hex(deviceId)}`,
    driver: system?.driver,
    interfaceUuid: device?.uuid ?? system?.interfaceUuid,
    bitstreamId:
      system?.bitstreamId ??
      (device?.bitstreamId === undefined ? undefined : `0x${device.bitstreamId.toString(16)}`),
    acceleratorUuid,
    ternac: acceleratorUuid === ACCELERATOR_UUID,
    busy: accelerator?.busy,
    system,
  };
}
