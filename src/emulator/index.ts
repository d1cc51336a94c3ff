export { Emulator, type EmulatorOptions } from "./emulator.js";
export type { Activations, TernaryKernel } from "./kernels/kernel.js";
export { PlainKernel } from "./kernels/plain.js";
export { type ActivationRegister, Machine } from "./machine.js";
export type { Observer } from "./observer.js";
export type { MachineSnapshot } from "./snapshot.js";
