import { setImmediate as nextTurn } from "node:timers/promises";

/** Milliseconds in which the events of this process (Ctrl-C) are not looked at, at most. */
const TURN_MS = 20;

/** Waits for something by asking again and again, with a limit, and lets events of the process through. */
export class Patience {
  #turn = performance.now();

  /** @param limitMs milliseconds without progress after which `wait` gives up */
  constructor(readonly limitMs: number) {}

  /**
   * Ask until there is an answer.
   * @param ask undefined: not yet
   * @param progress something that changes while there is hope; the limit counts from its last change. Asked now
   *   and then only: it may cost an access to the card
   * @returns undefined when time is up
   */
  async wait<Answer>(
    ask: () => Answer | undefined,
    progress: () => unknown = () => undefined,
  ): Promise<Answer | undefined> {
    let last = progress();
    let since = performance.now();
    for (;;) {
      const answer = ask();
      if (answer !== undefined) return answer;
      if (performance.now() - this.#turn < TURN_MS) continue;
      const current = progress();
      const now = performance.now();
      if (current !== last) [last, since] = [current, now];
      if (now - since > this.limitMs) return undefined;
      await nextTurn();
      this.#turn = performance.now();
    }
  }
}
