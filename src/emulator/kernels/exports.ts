/** What a compiled kernels/index.ts exports; the sources say more. Addresses are in its memory. */
export interface KernelExports {
  add(d: number, a: number, b: number, n: number, bStep: number): undefined;
  sub(d: number, a: number, b: number, n: number, aStep: number): undefined;
  mul(d: number, a: number, b: number, n: number, bStep: number): undefined;
  div(d: number, a: number, b: number, n: number): undefined;
  splat(d: number, value: number, n: number): undefined;
  exp(d: number, a: number, n: number, table: number): undefined;
  sig(d: number, a: number, n: number, table: number): undefined;
  silu(d: number, a: number, n: number, table: number): undefined;
  norm(d: number, a: number, n: number, eps: number): undefined;
  quant(out: number, a: number, n: number): number;
  argmax(a: number, n: number): number;
  copy(d: number, a: number, n: number): undefined;
  widen8(d: number, a: number, n: number, shift: number): undefined;
  widen16(d: number, a: number, n: number, shift: number): undefined;
  decode4(packed: number, stride: number, groups: number, columns: number, out: number): undefined;
  decode5(packed: number, stride: number, groups: number, columns: number, out: number): undefined;
  firstFree(maxThreads: number): number;
  product(
    weights: number,
    activations: number,
    values: number,
    length: number,
    rows: number,
    out: number,
    absmax: number,
    scale: number,
    streams: number,
    threads: number,
    lead: number,
  ): number;
  waited(): number;
  helped(): number;
  serving(): number;
  serve(thread: number, spins: number, results: number): undefined;
  stop(): undefined;
}
