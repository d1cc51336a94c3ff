/** The modules of the kernels, compiled once and tried. */
import v8 from "node:v8";
import { MODULES } from "./modules.js";
import { isRight } from "./probe.js";

type ModuleName = keyof typeof MODULES;

/**
 * Node 20 has relaxed SIMD behind a flag that works until a module is compiled; from 22 on it is always
 * there. With the flag, `i32x4.relaxed_dot_i8x16_i7x16_add_s` gives wrong results in code of V8's baseline
 * compiler, so a probe could be right and the next call wrong.
 */
const RELAXED_NEEDS_FLAG = Number(process.versions.node.split(".")[0]) < 22;

const compiled = new Map<ModuleName, WebAssembly.Module | undefined>();

/** A kernel's module; undefined where the host cannot run it, or would compute wrong sums. */
export function kernelModule(name: ModuleName): WebAssembly.Module | undefined {
  if (!compiled.has(name)) compiled.set(name, compile(name));
  return compiled.get(name);
}

function compile(name: ModuleName): WebAssembly.Module | undefined {
  if (RELAXED_NEEDS_FLAG && name === "relaxed-dot-add") return undefined;
  if (RELAXED_NEEDS_FLAG && name === "relaxed-dot")
    v8.setFlagsFromString("--experimental-wasm-relaxed-simd");
  try {
    const module = new WebAssembly.Module(Buffer.from(MODULES[name], "base64"));
    return isRight(module) ? module : undefined;
  } catch {
    return undefined; // no WebAssembly, no SIMD, no shared memory, or no address space for it
  }
}
