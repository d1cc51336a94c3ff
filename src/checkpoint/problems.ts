import { UserError } from "../diagnostics/diagnostic.js";

/** Lines that one message shows: a hostile file may have a million faults. */
const MOST_LINES = 60;

/** One error for everything that is wrong. */
export function problemList(title: string, problems: readonly string[], help: string): UserError {
  const lines = problems.slice(0, MOST_LINES);
  if (problems.length > lines.length) lines.push(`and ${problems.length - lines.length} more`);
  return new UserError([title, ...lines].join("\n  - "), help);
}
