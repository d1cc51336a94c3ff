/** Verilator, from the system or, where it may be installed, from its packages (apt). */
import { spawnSync } from "node:child_process";
import { run } from "./setup.mjs";

/** Verilator, and what turns its output into a program. */
const PACKAGES = ["verilator", "g++", "make"];

function works(command, args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** Make `verilator` available; returns why that is impossible, or undefined. */
export function installVerilator() {
  if (works("verilator", ["--version"])) return undefined;
  const root = process.getuid?.() === 0;
  if (!works("apt-get", ["--version"]))
    return "verilator is not installed, and there is no apt-get to install it with";
  if (!root && !works("sudo", ["-n", "true"]))
    return "verilator is not installed; as root: apt-get install verilator";
  const apt = (...args) =>
    run(root ? "apt-get" : "sudo", root ? args : ["-n", "apt-get", ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: ["ignore", 2, 2],
    });
  console.error("\nInstalling Verilator (apt-get)...");
  const install = () => apt("install", "-y", "-q", "--no-install-recommends", ...PACKAGES);
  // The package lists of a fresh machine are missing or stale, so update them only when needed.
  if (install() !== 0 && (apt("update", "-q") !== 0 || install() !== 0))
    return "verilator could not be installed by apt-get (see above)";
  return works("verilator", ["--version"]) ? undefined : "verilator was installed but does not run";
}
