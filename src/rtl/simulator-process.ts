import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { UserError } from "../diagnostics/diagnostic.js";
import {
  FrameReader,
  frameHeader,
  type PayloadWriter,
  REQUESTS,
  type RequestName,
} from "./protocol.js";

/** How much of what the simulator prints is kept, in characters. */
const KEPT = 8192;

interface Waiting {
  resolve(payload: Uint8Array): void;
  reject(error: Error): void;
}

/** A simulator at work. Requests are answered in their order. */
export class SimulatorProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #frames = new FrameReader();
  readonly #waiting: Waiting[] = [];
  #printed = "";
  #ended: Error | undefined;

  /** @param program that `buildSimulator` made */
  constructor(program: string) {
    this.#child = spawn(program, [], { stdio: ["pipe", "pipe", "pipe"] });
    this.#child.stdout.on("data", (chunk: Buffer) => this.#answer(chunk));
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#printed = (this.#printed + text).slice(-KEPT);
    });
    this.#child.stdin.on("error", () => {}); // `close` tells more
    this.#child.on("error", (error) => this.#end(this.#startError(error, program)));
    this.#child.on("close", (code, signal) => this.#end(this.#endError(code ?? signal)));
    this.#hold(false);
  }

  /** @throws Error with what the simulator printed, when it ends */
  async request(name: RequestName, payload?: PayloadWriter): Promise<Uint8Array> {
    if (this.#ended) throw this.#ended;
    const chunks = payload?.chunks ?? [];
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    const { stdin } = this.#child;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#hold(true);
      stdin.cork();
      stdin.write(frameHeader(length, REQUESTS.indexOf(name)));
      for (const chunk of chunks) stdin.write(chunk);
      stdin.uncork();
    });
  }

  /** End it; what it was doing is lost. */
  close(): void {
    this.#end(new Error("the simulator was closed"));
    this.#child.kill("SIGKILL");
  }

  /** Only an answer that somebody waits for keeps this process alive. */
  #hold(held: boolean): void {
    type Handle = { ref?(): void; unref?(): void };
    const handles: Handle[] = [this.#child, ...(this.#child.stdio as Handle[])];
    for (const handle of handles) held ? handle.ref?.() : handle.unref?.();
  }

  #answer(chunk: Uint8Array): void {
    for (const { type, payload } of this.#frames.push(chunk)) {
      const waiting = this.#waiting.shift();
      if (type === 0) waiting?.resolve(payload);
      else waiting?.reject(new UserError(`the simulator: ${new TextDecoder().decode(payload)}`));
    }
    if (this.#waiting.length === 0) this.#hold(false);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
    this.#hold(false);
  }

  #startError({ message }: Error, program: string): Error {
    return new UserError(
      `the simulator ${program} cannot be started: ${message}`,
      "remove it with: ternac cache --clear",
    );
  }

  #endError(status: number | string | null): Error {
    const printed = this.#printed.trim();
    return new Error(`the simulated core ended with ${status}${printed && `:\n${printed}`}`);
  }
}
