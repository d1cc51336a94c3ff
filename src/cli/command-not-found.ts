import type { Hook } from "@oclif/core";

/** Tell which command the user may have meant. */
const hook: Hook.CommandNotFound = async function ({ id, config }) {
  const { nearest } = await import("../diagnostics/suggest.js");
  const { ExitCode } = await import("./exit-codes.js");
  const { styler } = await import("./terminal.js");
  const style = styler(process.stderr);
  const name = id.split(":")[0]!; // the words after it are taken for subcommands
  const candidate = nearest(name, config.commandIDs);
  console.error(`${style(["bold", "red"], "error:")} no command "${name}"`);
  console.error(
    `${style(["bold", "cyan"], "help:")} ${candidate ? `did you mean "${candidate}"? ` : ""}\`ternac help\` lists the commands`,
  );
  this.exit(ExitCode.badUsage);
};

export default hook;
