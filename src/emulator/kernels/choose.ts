/** Which kernel this host can run, and which is best. */
import { UserError } from "../../diagnostics/diagnostic.js";
import { kernelModule } from "./kernel-module.js";
import { KERNEL_NAMES, type KernelName } from "./kernel-names.js";

/** The kernels that this host can run, best last. */
export function availableKernels(): KernelName[] {
  return KERNEL_NAMES.filter((name) => name === "plain" || kernelModule(name));
}

/**
 * The kernel that was asked for, or the best one.
 * @throws UserError when the host cannot run it
 */
export function chooseKernel(asked?: KernelName): KernelName {
  if (asked === undefined)
    return KERNEL_NAMES.findLast((name) => name === "plain" || kernelModule(name))!;
  if (asked === "plain" || kernelModule(asked)) return asked;
  throw new UserError(
    `Node ${process.versions.node} cannot run kernel "${asked}" on this machine`,
    `use one of: ${availableKernels().join(", ")}`,
  );
}
