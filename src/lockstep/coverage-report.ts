import type { CoverageGroup } from "./coverage.js";

/** A group of a coverage as JSON has it. */
export interface CoverageRow {
  readonly group: string;
  readonly covered: number;
  readonly total: number;
  /** Items that never happened. */
  readonly missing: readonly string[];
}

export function coverageRows(groups: readonly CoverageGroup[]): CoverageRow[] {
  return groups.map(({ name, counts }) => {
    const missing = [...counts].filter(([, count]) => count === 0).map(([item]) => item);
    return { group: name, covered: counts.size - missing.length, total: counts.size, missing };
  });
}

/** Missing items that a table names; beyond, it says how many more. */
const NAMED = 6;

/** A table in Markdown. */
export function coverageTable(groups: readonly CoverageGroup[]): string {
  const rows = coverageRows(groups).map(({ group, covered, total, missing }) => {
    const named = missing.slice(0, NAMED).join("; ");
    const more = missing.length > NAMED ? `; ${missing.length - NAMED} more` : "";
    return `| ${group} | ${covered} | ${total} | ${named}${more} |`;
  });
  return ["| what programs did | covered | of | never |", "|---|---|---|---|", ...rows, ""].join(
    "\n",
  );
}
