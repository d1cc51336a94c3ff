/** What libopae-c's results mean, in words: `fpga_result` of opae/types_enum.h. */
import { UserError } from "../diagnostics/diagnostic.js";
import { DOCTOR, GONE, RESET } from "./remedies.js";

/** In the order of their numbers. */
const RESULTS = [
  "FPGA_OK",
  "FPGA_INVALID_PARAM",
  "FPGA_BUSY",
  "FPGA_EXCEPTION",
  "FPGA_NOT_FOUND",
  "FPGA_NO_MEMORY",
  "FPGA_NOT_SUPPORTED",
  "FPGA_NO_DRIVER",
  "FPGA_NO_DAEMON",
  "FPGA_NO_ACCESS",
  "FPGA_RECONF_ERROR",
] as const;

export type FpgaResult = (typeof RESULTS)[number];

/** What the driver was about to do. */
export type Action =
  | "enumerate"
  | "open"
  | "close"
  | "reset"
  | "mmio"
  | "allocate"
  | "free"
  | "reconfigure";

interface Meaning {
  readonly message: string;
  readonly help: string;
}

/** What a result means whatever was being done. */
const GENERAL: Readonly<Record<Exclude<FpgaResult, "FPGA_OK">, Meaning>> = {
  FPGA_INVALID_PARAM: { message: "the library refused an argument", help: DOCTOR },
  FPGA_BUSY: {
    message: "another process is using it",
    help: "end that process (fuser -v /dev/dfl-port.* /dev/intel-fpga-port.* shows it), or wait for it",
  },
  FPGA_EXCEPTION: { message: "the driver failed", help: GONE },
  FPGA_NOT_FOUND: { message: "it is not there", help: DOCTOR },
  FPGA_NO_MEMORY: {
    message: "there is not enough memory",
    help: "reserve hugepages: echo 20 | sudo tee /sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages",
  },
  FPGA_NOT_SUPPORTED: {
    message: "this card or its driver cannot do that",
    help: "see docs/card/driver.md for the versions that work",
  },
  FPGA_NO_DRIVER: {
    message: "the kernel's driver does not answer",
    help: "load it (modprobe dfl-pci, or the vendor's intel-fpga-pci), then: ternac board doctor",
  },
  FPGA_NO_DAEMON: {
    message: "the FPGA daemon does not run",
    help: "start it: systemctl start fpgad",
  },
  FPGA_NO_ACCESS: {
    message: "permission denied",
    help: "let your user write the device files (/dev/dfl-*, /dev/intel-fpga-*): see `ternac board doctor`",
  },
  FPGA_RECONF_ERROR: {
    message: "the card refused the bitstream",
    help: "check that it was made for this shell and is signed if the card wants it: ternac gbs show",
  },
};

/** What it means in particular. */
const PARTICULAR: Partial<Record<`${Action} ${FpgaResult}`, Meaning>> = {
  "enumerate FPGA_EXCEPTION": {
    message: "the library failed",
    help: `see what it printed above; LIBOPAE_LOG=1 in the environment has OPAE print more; ${DOCTOR}`,
  },
  "mmio FPGA_INVALID_PARAM": { message: "the register is out of reach", help: RESET },
  "mmio FPGA_EXCEPTION": { message: "the accelerator did not answer", help: GONE },
  "mmio FPGA_NOT_FOUND": { message: "the accelerator is gone", help: GONE },
  "reset FPGA_EXCEPTION": {
    message: "the port's reset did not end",
    help: "cold-start the machine",
  },
  "reconfigure FPGA_INVALID_PARAM": {
    message: "the driver refused the bitstream: its metadata, or the UUID of the shell",
    help: "check the file: ternac gbs show; what the card has: ternac board info",
  },
  "reconfigure FPGA_EXCEPTION": {
    message: "the reconfiguration did not end; what the card holds now is unknown",
    help: "try again; if that fails, too, cold-start the machine",
  },
  "reconfigure FPGA_NOT_FOUND": {
    message: "the library finds the accelerator's port, or the control of its user clock, nowhere",
    help: "use a driver and an OPAE of one release, with the module uio-dfl if it is Linux's own driver; LIBOPAE_LOG=1 says more",
  },
  "reconfigure FPGA_NO_ACCESS": {
    message: "permission denied, for the device files or for the user clock",
    help: "program as root, or let your user write the device files: see `ternac board doctor`",
  },
  "reconfigure FPGA_BUSY": {
    message: "the accelerator is in use",
    help: "end the process that uses it, then try again",
  },
  "reconfigure FPGA_RECONF_ERROR": {
    message:
      "the card refused the bitstream while it was written; what the card holds now is unknown",
    help: "check that the file is for this shell (ternac gbs show) and undamaged, then try again",
  },
};

/** The name of a result; the number where it has none. */
export function resultName(result: number): string {
  return RESULTS[result] ?? `fpga_result ${result}`;
}

/**
 * What a failed call means to the user.
 * @param subject what was being done to what, such as `cannot open the accelerator of 0000:3b:00.0`
 */
export function fpgaError(action: Action, subject: string, result: number): UserError {
  const name = RESULTS[result];
  if (name === undefined || name === "FPGA_OK")
    return new UserError(`${subject}: unknown result ${result} of the library`, DOCTOR);
  const { message, help } = PARTICULAR[`${action} ${name}`] ?? GENERAL[name];
  return new UserError(`${subject}: ${message} (${name})`, help);
}
