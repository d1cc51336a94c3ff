/**
 * Reads that are under way at a time. More than one, so that the file is never idle while what came is
 * worked on; few, so that they do not take the processors from that work (on 2 cores, 3 were slower).
 */
export const READS_AT_A_TIME = 2;

/** Runs what it is given in order, a few at a time. */
export class ReadQueue {
  readonly #waiting: (() => Promise<void>)[] = [];
  #running = 0;

  /** @returns what `read` gives, once it was its turn */
  add<T>(read: () => Promise<T>): Promise<T> {
    const result = new Promise<T>((resolve, reject) => {
      this.#waiting.push(() => read().then(resolve, reject));
    });
    result.catch(() => {}); // reported when it is awaited, if ever
    this.#next();
    return result;
  }

  #next(): void {
    if (this.#running === READS_AT_A_TIME) return;
    const read = this.#waiting.shift();
    if (!read) return;
    this.#running++;
    void read().then(() => {
      this.#running--;
      this.#next();
    });
  }
}
