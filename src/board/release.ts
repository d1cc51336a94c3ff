import type { FpgaHandle } from "./library.js";

/**
 * What must be given back whatever ends this process: the card is reset and closed, so that the next command
 * finds it as it should be. Everything here is synchronous, because nothing else runs while a process exits.
 */
const held = new Set<() => void>();

/** Ends of a process that Node does not tell `exit` of, with the status that a shell reports for them. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const onSignal = (signal: NodeJS.Signals) => {
  releaseAll();
  // After the other listeners, such as the one that removes a half-written file, and before anything that
  // waits goes on with a card that is closed.
  process.nextTick(() => process.exit(SIGNALS[signal as keyof typeof SIGNALS]));
};

/** Give everything back that is still held; failures do not keep the others. */
export function releaseAll(): void {
  for (const release of [...held].reverse()) {
    held.delete(release);
    try {
      release();
    } catch {
      // The process ends; the kernel closes what is left.
    }
  }
  unhook();
}

/**
 * Have something given back when the process ends: at its end, by a signal, after an exception that nobody
 * caught.
 * @returns to be called when it was given back in the normal way
 */
export function holdUntilExit(release: () => void): () => void {
  if (held.size === 0) hook();
  held.add(release);
  return () => {
    held.delete(release);
    if (held.size === 0) unhook();
  };
}

/**
 * Use what was opened, and close it, whatever ends the process meanwhile.
 * @throws what `work` throws, rather than that closing failed, too
 */
export async function closing<Result>(
  handle: FpgaHandle,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  const released = holdUntilExit(() => handle.close());
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    released();
    closeQuietly(handle);
    throw error;
  }
  released();
  handle.close();
  return result;
}

/** Close a handle after something failed, which says more than that closing fails. */
export function closeQuietly(handle: FpgaHandle): void {
  try {
    handle.close();
  } catch {}
}

function hook(): void {
  process.on("exit", releaseAll);
  for (const signal of Object.keys(SIGNALS)) process.on(signal, onSignal);
}

function unhook(): void {
  process.off("exit", releaseAll);
  for (const signal of Object.keys(SIGNALS)) process.off(signal, onSignal);
}
