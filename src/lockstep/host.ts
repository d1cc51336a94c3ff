import type { HostPlan } from "../fuzz/index.js";
import type { Stop, Target } from "../target/target.js";

/** What happened until a program stopped once. */
export interface HostStep {
  readonly stop: Stop;
  /** Entries that the input queue took before. */
  readonly pushed: number;
  /** Entries of the output queue that were taken after. */
  readonly output: readonly bigint[];
  /** Nothing follows: it halted, trapped, or waits for what will not come. */
  readonly isLast: boolean;
}

/** The host's side of a program: the same steps for every target. */
export class Host {
  #pushed = 0;
  #closed = false;
  #step = 0;

  constructor(readonly plan: HostPlan) {}

  async step(target: Target): Promise<HostStep> {
    const { input, close, burst, slices, takeEvery } = this.plan;
    const pushed = await target.pushInput(input.slice(this.#pushed, this.#pushed + burst));
    this.#pushed += pushed;
    if (close && !this.#closed && this.#pushed === input.length) {
      await target.closeInput();
      this.#closed = true;
    }
    const stop = await target.run({ maxSteps: slices[this.#step % slices.length]! });
    this.#step++;
    const { reason } = stop;
    const ended = reason === "halted" || reason === "trap";
    const takes = ended || reason === "output" || this.#step % takeEvery === 0;
    const output = takes ? await target.takeOutput() : [];
    const isLast =
      ended ||
      (reason === "input" && this.#pushed === input.length && (this.#closed || !close)) ||
      (reason === "output" && output.length === 0);
    return { stop, pushed, output, isLast };
  }
}
