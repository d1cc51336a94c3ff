import { spawn } from "node:child_process";
import { UserError } from "../diagnostics/diagnostic.js";

/** Lines that a message quotes of what a tool printed. */
const QUOTED = 12;

/** What to say when a tool fails. */
export interface ToolFailure {
  readonly what: string;
  readonly help: string;
}

/**
 * Run a tool to its end.
 * @param onLine is given what it prints
 * @throws UserError with the first lines of its errors when it fails
 */
export async function runTool(
  tool: string,
  args: readonly string[],
  { what, help }: ToolFailure,
  onLine?: (line: string) => void,
): Promise<void> {
  const child = spawn(tool, args, { stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) onLine?.(line);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  // A tool that is stopped with this process leaves nothing that counts: only a rename does.
  const status = await new Promise<number | string | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
  if (status === 0) return;
  const lines = errors.trim().split("\n");
  throw new UserError(
    `${what} failed: ${tool} ended with ${status}\n${lines.slice(0, QUOTED).join("\n")}`,
    help,
  );
}
