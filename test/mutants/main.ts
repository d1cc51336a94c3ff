/**
 * `npm run mutants`: makes each deliberate bug of mutants.yaml in a copy of the core and runs random
 * programs on it. Prints a table; fails when nothing notices one of them.
 *
 *   --only NAMES     some mutants: names, or how they begin, with commas
 *   --programs N     random programs for each at most (default 1000)
 *   --config NAME    configuration (default: that of the mutant, tiny for most)
 *   --page FILE      put the table into a page, such as docs/lockstep.md; others than these keep their rows
 */

import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { findConfiguration } from "../../src/isa/index.js";
import { readSection, writeSection } from "../support/generated-section.js";
import { type Caught, hunt, type Mutant, readMutants } from "./mutant.js";

/** What noticed a mutant, in a few words. */
function notice({ seed, difference }: Caught): string {
  const { what, actual, effect } = difference;
  const assertion = /%Error: (?:.*\/)?(\w+\.sv:\d+)/.exec(actual)?.[1];
  if (assertion) return `an assertion, ${assertion.replace(/:\d+/, "")}, program ${seed}`;
  const id = effect ? ` of ${effect.instruction.spec.id}` : "";
  return `${what}${id}, program ${seed}`;
}

const row = ({ name, file, bug }: Mutant, noticed: string) =>
  `| ${name} | ${file} | ${bug} | ${noticed} |`;

const table = (rows: readonly string[]) =>
  ["| mutant | file | bug | noticed by |", "|---|---|---|---|", ...rows, ""].join("\n");

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    programs: { type: "string", default: "1000" },
    config: { type: "string" },
    page: { type: "string" },
  },
});

function configurationOf(mutant: Mutant) {
  const name = values.config ?? mutant.config;
  const configuration = findConfiguration(name);
  if (!configuration) throw new Error(`there is no configuration "${name}"`);
  return configuration;
}

// A mutant differs from the core in one file of a dozen.
if (spawnSync("ccache", ["--version"]).status === 0) process.env.OBJCACHE ??= "ccache";
const mutants = readMutants().filter(({ name }) =>
  values.only.split(",").some((start) => name.startsWith(start)),
);
const rows: [Mutant, Caught | undefined][] = [];
for (const mutant of mutants) {
  const configuration = configurationOf(mutant);
  const caught = await hunt(mutant, { configuration, programs: Number(values.programs) });
  rows.push([mutant, caught]);
  console.error(`${mutant.name}: ${caught ? notice(caught) : "NOT NOTICED"}`);
}
const noticed = new Map(
  rows.map(([mutant, caught]) => [
    mutant.name,
    row(
      mutant,
      caught ? notice(caught) : `**nothing**${mutant.survives ? `: ${mutant.survives}` : ""}`,
    ),
  ]),
);
console.log(table([...noticed.values()]));
if (values.page !== undefined) {
  const known = new Map(
    readSection(values.page, "mutants").map((line) => [line.split(" ")[1], line] as const),
  );
  // Those that did not run now keep what is said of them, if their bug is still the same.
  const lines = readMutants().map((mutant) => {
    const old = known.get(mutant.name);
    const isSame = old?.startsWith(row(mutant, "").slice(0, -2));
    return noticed.get(mutant.name) ?? (isSame ? old! : row(mutant, "not run yet"));
  });
  writeSection(values.page, "mutants", table(lines));
}
const missed = rows.filter(([{ survives }, caught]) => !caught && !survives).length;
const noticedCount = rows.filter(([, caught]) => caught).length;
console.log(`${noticedCount} of ${rows.length} noticed`);
process.exitCode = missed > 0 || rows.length === 0 ? 1 : 0;
