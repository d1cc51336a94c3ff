/** A process gives the card back however it ends. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FpgaHandle } from "../../src/board/library.js";
import { Patience } from "../../src/board/patience.js";
import { closing } from "../../src/board/release.js";

const folder = mkdtempSync(join(tmpdir(), "ternac-release-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** As JavaScript, so that processes start at once. */
const module = join(folder, "release.mjs");
beforeAll(async () => {
  const source = join(import.meta.dirname, "../../src/board/release.ts");
  await build({ entryPoints: [source], outfile: module, format: "esm", logLevel: "warning" });
});

/** Run a process that holds two things, does something, and may be sent a signal. */
async function end(work: string, signal?: NodeJS.Signals) {
  const script = join(folder, `${Math.random()}.mjs`);
  writeFileSync(
    script,
    `import { writeSync } from "node:fs";
     import { holdUntilExit } from ${JSON.stringify(module)};
     const say = (text) => writeSync(1, text + "\\n");
     holdUntilExit(() => say("first"));
     const released = holdUntilExit(() => { say("second"); throw new Error("not this one"); });
     ${work}`,
  );
  const child = spawn(process.execPath, [script], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (signal && text.includes("ready")) child.kill(signal);
  });
  const status = await new Promise((resolve) => child.on("close", resolve));
  return {
    status,
    released: stdout.split("\n").filter((line) => line && line !== "ready"),
    stderr,
  };
}

const WAIT = 'say("ready"); setTimeout(() => {}, 60_000);';

describe.skipIf(process.platform === "win32")("what is held until the process ends", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("is released at %s, the newest first", async (signal, status) => {
    expect(await end(WAIT, signal)).toMatchObject({ status, released: ["second", "first"] });
  });

  it("is released at the end, and after an exception that nobody caught", async () => {
    expect(await end("")).toMatchObject({ status: 0, released: ["second", "first"] });
    const crash = await end('throw new Error("a bug");');
    expect(crash).toMatchObject({ status: 1, released: ["second", "first"] });
    expect(crash.stderr).toContain("a bug");
  });

  it("is not released again, nor are signals caught, once it was given back", async () => {
    expect(await end("released();")).toMatchObject({ status: 0, released: ["first"] });
  });
});

describe("closing", () => {
  const handle = (close: () => void) => ({ close }) as unknown as FpgaHandle;

  it("closes after the work, and gives what that gave", async () => {
    const done: string[] = [];
    const result = await closing(
      handle(() => done.push("closed")),
      async () => done.push("worked"),
    );
    expect([result, done]).toEqual([1, ["worked", "closed"]]);
  });

  it("tells why the work failed, even if closing fails, too", async () => {
    const fails = handle(() => {
      throw new Error("cannot close");
    });
    const work = () => {
      throw new Error("cannot work");
    };
    await expect(closing(fails, work)).rejects.toThrow("cannot work");
    await expect(closing(fails, () => 1)).rejects.toThrow("cannot close");
  });
});

describe("Patience", () => {
  it("waits for an answer, as long as there is progress", async () => {
    let asked = 0;
    const patience = new Patience(20);
    const started = performance.now();
    const answer = await patience.wait(
      () => (performance.now() - started > 60 ? "here" : undefined),
      () => ++asked,
    );
    expect(answer).toBe("here");
  });

  it("gives up without progress, and lets events through meanwhile", async () => {
    let events = 0;
    const timer = setInterval(() => events++, 1);
    expect(await new Patience(100).wait(() => undefined)).toBeUndefined();
    clearInterval(timer);
    expect(events).toBeGreaterThan(0);
  });
});
