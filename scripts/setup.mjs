/** What `npm start` and `npm test` need before they can run: the packages of the lockfile. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Run a program with the terminal as its output; returns its exit status. */
export function run(command, args, options = {}) {
  const { status, error, signal } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    ...options,
  });
  if (error && error.code !== "ENOENT") throw error;
  if (signal === "SIGINT") process.exit(130);
  return status ?? 127;
}

/** Run npm with the Node and the npm that run this script, whatever PATH says. */
export function npm(args, options) {
  const script = process.env.npm_execpath;
  if (script?.endsWith(".js") || script?.endsWith(".cjs"))
    return run(process.execPath, [script, ...args], options);
  return run("npm", args, { shell: process.platform === "win32", ...options });
}

/** Run a tool of node_modules: `tool("typescript/bin/tsc", ["-p", "."])`. */
export function tool(path, args, options) {
  return run(process.execPath, [`${root}node_modules/${path}`, ...args], options);
}

/** Whether node_modules holds what package-lock.json asks for. */
function isInstalled() {
  const installed = `${root}node_modules/.package-lock.json`; // npm's record of what it installed
  if (!existsSync(installed)) return false;
  const { packages: present } = JSON.parse(readFileSync(installed, "utf8"));
  const { packages: wanted } = JSON.parse(readFileSync(`${root}package-lock.json`, "utf8"));
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === "") return true;
    const found = present[path];
    if (!found) return optional === true; // another platform's binaries
    return found.version === version && found.integrity === integrity;
  });
}

/** Install the packages of the lockfile unless they are there. Ends the process if that fails. */
export function installPackages() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Ternac needs Node 20.19 or later; this is ${process.versions.node}.`);
    process.exit(1);
  }
  if (isInstalled()) return;
  console.error("Installing packages (npm ci)...");
  // --include=dev: NODE_ENV=production or npm's "omit" setting would leave the build tools out.
  const status = npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (status !== 0) {
    console.error("npm ci failed: the packages could not be installed (see above).");
    process.exit(1);
  }
}
