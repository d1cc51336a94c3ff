/** Nothing is shown before this, so that quick commands stay silent. */
const DELAY_MS = 1000;
const INTERVAL_MS = 100;
const BAR_WIDTH = 20;
const CLEAR_LINE = "\r\u001b[2K";

/**
 * One line on standard error that tells how far a long task is. Shown only on a terminal, only after
 * a second, and removed at the end, so that it never mixes with a command's output.
 */
export class Progress {
  readonly #started = performance.now();
  #nextUpdate = this.#started + DELAY_MS;
  #shown = false;

  /** @param task what is being done, such as `compiling` */
  constructor(
    readonly task: string,
    readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  /** State that `done` of `total` units are done, or `done` units of an unknown number. */
  update(done: number, total?: number): void {
    if (!this.stream.isTTY) return;
    const now = performance.now();
    if (now < this.#nextUpdate) return;
    this.#nextUpdate = now + INTERVAL_MS;
    this.#shown = true;
    const amount = total === undefined ? `: ${done.toLocaleString("en")}` : ` ${bar(done, total)}`;
    this.stream.write(`${CLEAR_LINE}${this.task}${amount}`);
  }

  /** Remove the line. */
  finish(): void {
    if (this.#shown) this.stream.write(CLEAR_LINE);
    this.#shown = false;
  }
}

/** `[#####...............]  25 %, 1,024 of 4,096` */
function bar(done: number, total: number): string {
  const share = total > 0 ? Math.min(1, done / total) : 1;
  const filled = "#".repeat(Math.floor(share * BAR_WIDTH)).padEnd(BAR_WIDTH, ".");
  const percent = String(Math.floor(100 * share)).padStart(3);
  return `[${filled}] ${percent} %, ${done.toLocaleString("en")} of ${total.toLocaleString("en")}`;
}
