/** What a module exports. */
export { decode4, decode5 } from "./decode";
export { copy, widen8, widen16 } from "./loads";
export { argmax, norm, quant } from "./rms";
export { add, div, exp, mul, sig, silu, splat, sub } from "./rowwise";
export { firstFree, helped, product, serve, serving, stop, waited } from "./team";
