import { UserError } from "../diagnostics/diagnostic.js";
import type { Gbs } from "../gbs/index.js";
import { type AcceleratorDescription, describeAccelerator, isTernac } from "./accelerator.js";
import { findResource } from "./find.js";
import { ACCELERATOR_UUID } from "./generated.js";
import { type FpgaLibrary, formatPciAddress, sameCard } from "./library.js";
import { Patience } from "./patience.js";
import { closing } from "./release.js";

/** MHz that the user clocks of a Stratix 10 shell can be set to, as libopae-c checks them. */
const CLOCKS = {
  clockFrequencyHigh: { min: 25, max: 600, name: "high" },
  clockFrequencyLow: { min: 10, max: 600, name: "low" },
} as const;

export interface FlashOptions {
  /** Name of the file, for messages. */
  readonly file: string;
  /** `auto`, or a PCI address. */
  readonly choice: string;
  /** Check everything, but change nothing. */
  readonly dryRun?: boolean;
  /** Milliseconds that the card may take to come back. */
  readonly timeoutMs: number;
  /** Called with what is being done. */
  readonly onStep?: (step: string) => void;
}

export interface FlashReport {
  /** PCI address of the card. */
  readonly card: string;
  readonly interfaceUuid: string;
  /** What the accelerator says of itself afterwards; absent after a dry run. */
  readonly accelerator?: AcceleratorDescription;
  readonly seconds: number;
}

/**
 * Program a card. What can be wrong of the card is looked at before it is touched; afterwards it is looked for
 * again, and asked what it is.
 * @param gbs that `checkBitstream` finds right
 * @param bytes the whole file that `gbs` was read from
 * @throws UserError
 */
export async function flashGbs(
  library: FpgaLibrary,
  gbs: Gbs,
  bytes: Uint8Array,
  { file, choice, dryRun = false, timeoutMs, onStep = () => {} }: FlashOptions,
): Promise<FlashReport> {
  const started = performance.now();
  const device = findResource(library, "device", choice);
  const card = formatPciAddress(device.address);
  const report = () => ({
    card,
    interfaceUuid: gbs.metadata.interfaceUuid,
    seconds: (performance.now() - started) / 1000,
  });
  try {
    if (device.uuid !== gbs.metadata.interfaceUuid)
      throw new UserError(
        `${file} was made for the shell ${gbs.metadata.interfaceUuid}, the card at ${card} has ${device.uuid}`,
        "build the bitstream for that shell, or update the card's shell to the one that it was built for",
      );
    checkFree(library, card, device.address);
    if (dryRun) return report();
    onStep(`programming ${card}`);
    const handle = device.open();
    await closing(handle, () => handle.reconfigure(bytes));
    onStep("looking at what it has become");
    const accelerator = await verified(library, device.address, timeoutMs);
    return { ...report(), accelerator };
  } finally {
    device.release();
  }
}

/**
 * What can be told of a bitstream without the card, and is not a matter of the file's form.
 * @throws UserError when it is another accelerator, or its clocks cannot be set
 */
export function checkBitstream(file: string, { metadata }: Gbs): void {
  const [{ name, acceleratorTypeUuid }] = metadata.clusters;
  if (acceleratorTypeUuid !== ACCELERATOR_UUID)
    throw new UserError(
      `${file} is accelerator "${name}", ${acceleratorTypeUuid}, expected Ternac's ${ACCELERATOR_UUID}`,
      "programs of ternac cannot run there; other accelerators are programmed with OPAE's fpgaconf",
    );
  const { clockFrequencyHigh: high = 0, clockFrequencyLow: low = 0 } = metadata;
  for (const key of ["clockFrequencyHigh", "clockFrequencyLow"] as const) {
    const { min, max, name } = CLOCKS[key];
    const mhz = metadata[key] ?? 0;
    // Both are set, or both are left.
    if ((high || low) && (mhz < min || mhz > max))
      throw new UserError(
        `${file}: the ${name} user clock is to be ${mhz} MHz, expected ${min} to ${max}, or 0 for both to leave them`,
        `set what the build reached: ternac gbs pack --set afu-image/clock-frequency-${name}=...`,
      );
  }
  if (low > high)
    throw new UserError(
      `${file}: the low user clock, ${low} MHz, is above the high one, ${high} MHz`,
      "exchange them: ternac gbs pack --set afu-image/clock-frequency-low=...",
    );
}

type Address = Parameters<typeof sameCard>[0];

/** @throws UserError when a process has the accelerator open, where the library tells */
function checkFree(library: FpgaLibrary, card: string, address: Address): void {
  const accelerators = library.enumerate("accelerator");
  const busy = accelerators.some((found) => found.busy && sameCard(found.address, address));
  for (const found of accelerators) found.release();
  if (busy)
    throw new UserError(
      `another process uses the accelerator of ${card} (FPGA_BUSY)`,
      "end that process (fuser -v /dev/dfl-port.* /dev/intel-fpga-port.* shows it), then try again; if there is none, your user may not open the accelerator: ternac board doctor",
    );
}

/** The card as it is enumerated after it was programmed; it may take a moment to come back. */
async function verified(
  library: FpgaLibrary,
  address: Address,
  timeoutMs: number,
): Promise<AcceleratorDescription> {
  let seen: string | undefined;
  const find = () => {
    const all = library.enumerate("accelerator");
    const here = all.filter((found) => sameCard(found.address, address));
    const ours = here.find(isTernac);
    seen = here[0]?.uuid ?? seen;
    for (const found of all) if (found !== ours) found.release();
    return ours;
  };
  const accelerator = await new Patience(timeoutMs).wait(find);
  if (!accelerator)
    throw new UserError(
      seen
        ? `the card was programmed, but shows accelerator ${seen}, expected ${ACCELERATOR_UUID}`
        : "the card was programmed, but shows no accelerator any more",
      "try again; if it stays so, see `ternac board doctor` and cold-start the machine",
    );
  try {
    const handle = accelerator.open();
    return await closing(handle, () => describeAccelerator(handle));
  } finally {
    accelerator.release();
  }
}
