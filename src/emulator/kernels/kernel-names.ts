/** `plain` is TypeScript; the others are WebAssembly. In the order of preference, best last. */
export const KERNEL_NAMES = ["plain", "simd", "relaxed-dot", "relaxed-dot-add"] as const;
export type KernelName = (typeof KERNEL_NAMES)[number];
