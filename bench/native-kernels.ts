/** The C kernels of bench/native, built with the machine's compiler, as a process that takes commands. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("native/ternary.c", import.meta.url));
const FLAGS = ["-O3", "-march=native", "-pthread"];

/** By its command: vectorised by hand, by the compiler, or only reading; capitals have two threads. */
export type NativeKernel = "h" | "c" | "r" | "H" | "R";

export class NativeKernels {
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  private constructor(folder: string, shapes: readonly string[]) {
    this.#folder = folder;
    this.#process = spawn(join(folder, "ternary"), shapes, {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#answers = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]();
  }

  /** @returns undefined where there is no C compiler */
  static build(shapes: readonly (readonly [number, number])[]): NativeKernels | undefined {
    const folder = mkdtempSync(join(tmpdir(), "ternac-bench-"));
    const built = spawnSync("cc", [...FLAGS, "-o", join(folder, "ternary"), SOURCE], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (built.status === 0)
      return new NativeKernels(
        folder,
        shapes.map(([rows, columns]) => `${rows}x${columns}`),
      );
    rmSync(folder, { recursive: true });
    return undefined;
  }

  /** Multiply all once. @returns undefined where the machine cannot */
  async run(kernel: NativeKernel): Promise<{ ms: number; checksum: number } | undefined> {
    this.#process.stdin!.write(`${kernel}\n`);
    const { value } = await this.#answers.next();
    const [ms, checksum] = String(value).split(" ").map(Number);
    return checksum === undefined ? undefined : { ms: ms!, checksum };
  }

  close(): void {
    this.#process.stdin!.end();
    rmSync(this.#folder, { recursive: true });
  }
}
