import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Progress } from "./progress.js";

let written: string[];

function stream(isTTY: boolean): NodeJS.WriteStream {
  const write = (text: string) => written.push(text);
  return { isTTY, write } as unknown as NodeJS.WriteStream;
}

beforeEach(() => {
  written = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const CLEAR = "\r\u001b[2K";

test("a long task shows a bar, which is removed at the end", () => {
  const progress = new Progress("compiling", stream(true));
  progress.update(1, 4096);
  vi.advanceTimersByTime(1500);
  progress.update(1024, 4096);
  progress.update(1025, 4096); // too soon after the last
  vi.advanceTimersByTime(150);
  progress.update(4096, 4096);
  progress.finish();
  expect(written).toEqual([
    `${CLEAR}compiling [#####...............]  25 %, 1,024 of 4,096`,
    `${CLEAR}compiling [####################] 100 %, 4,096 of 4,096`,
    CLEAR,
  ]);
});

test("a task of unknown length counts", () => {
  const progress = new Progress("reading", stream(true));
  vi.advanceTimersByTime(1500);
  progress.update(1024);
  expect(written).toEqual([`${CLEAR}reading: 1,024`]);
});

test("a short task, or one without a terminal, shows nothing", () => {
  const short = new Progress("compiling", stream(true));
  vi.advanceTimersByTime(900);
  short.update(1, 2);
  short.finish();
  const piped = new Progress("compiling", stream(false));
  vi.advanceTimersByTime(5000);
  piped.update(1, 2);
  piped.finish();
  expect(written).toEqual([]);
});
