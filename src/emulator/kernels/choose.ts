/** Which kernel this host can run, and which is best. */
import { UserError } from "../../diagnostics/diagnostic.js";
import { kernelModule } from "./kernel-module.js";
import { KERNEL_NAMES, type KernelName } from "./kernel-names.js";
import { fastest } from "./probe.js";

/** The kernels that this host can run, in the order of KERNEL_NAMES. */
export function availableKernels(): KernelName[] {
  return KERNEL_NAMES.filter((name) => name === "plain" || kernelModule(name));
}

let best: KernelName | undefined;

/**
 * The last that the host can run; of the two with relaxed instructions the faster one, which differs
 * between processors.
 */
function findBest(): KernelName {
  const modules = new Map<KernelName, WebAssembly.Module>();
  for (const name of ["relaxed-dot", "relaxed-dot-add"] as const) {
    const module = kernelModule(name);
    if (module) modules.set(name, module);
  }
  const faster = modules.size > 1 ? fastest(modules) : undefined;
  if (faster) return faster;
  return KERNEL_NAMES.findLast((name) => name === "plain" || kernelModule(name))!;
}

/**
 * The kernel that was asked for, or the best one.
 * @throws UserError when the host cannot run it
 */
export function chooseKernel(asked?: KernelName): KernelName {
  if (asked === undefined) {
    best ??= findBest();
    return best;
  }
  if (asked === "plain" || kernelModule(asked)) return asked;
  throw new UserError(
    `Node ${process.versions.node} cannot run kernel "${asked}" on this machine`,
    `use one of: ${availableKernels().join(", ")}`,
  );
}
