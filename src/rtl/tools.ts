import { spawnSync } from "node:child_process";
import { UserError } from "../diagnostics/diagnostic.js";

/** What building a simulator needs, and what each says of its version. */
export interface ToolVersions {
  readonly verilator: string;
  readonly compiler: string;
}

/** The oldest Verilator that reads the sources. */
const OLDEST = [5, 6] as const;

const TOOLS = ["verilator", "g++", "make"] as const;

/** The first line of `--version`, or undefined when the tool cannot be run. */
function version(tool: string, environment: NodeJS.ProcessEnv): string | undefined {
  const { status, stdout } = spawnSync(tool, ["--version"], { encoding: "utf8", env: environment });
  return status === 0 ? stdout.split("\n", 1)[0]! : undefined;
}

function installHelp(missing: readonly string[]): string {
  const macos = missing.map((tool) => (tool === "verilator" ? tool : "gcc"));
  return process.platform === "darwin"
    ? `install them with: brew install ${[...new Set(macos)].join(" ")}`
    : `install them with: apt-get install ${missing.join(" ")} (Debian, Ubuntu), dnf install ${missing.map((tool) => (tool === "g++" ? "gcc-c++" : tool)).join(" ")} (Fedora)`;
}

/**
 * Look for the tools that turn the core into a program.
 * @throws UserError that names those that are missing and how to get them
 */
export function findTools(environment: NodeJS.ProcessEnv = process.env): ToolVersions {
  const found = TOOLS.map((tool) => version(tool, environment));
  const missing = TOOLS.filter((_, i) => found[i] === undefined);
  if (missing.length > 0)
    throw new UserError(
      `simulating the core needs ${missing.join(", ")}, which ${missing.length === 1 ? "is" : "are"} not installed`,
      `${installHelp(missing)}, or use --target emulator`,
    );
  const [verilator, compiler] = found as [string, string];
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(verilator)?.slice(1) ?? []).map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
    throw new UserError(
      `simulating the core needs Verilator ${OLDEST[0]}.00${OLDEST[1]} or newer, found "${verilator}"`,
      "install a newer one (https://verilator.org/guide/latest/install.html)",
    );
  return { verilator, compiler };
}
