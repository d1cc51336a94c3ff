/**
 * `npm run mutants`: makes each deliberate bug of mutants.yaml in a copy of the core and runs random
 * programs on it. Prints a table; fails when nothing notices one of them.
 *
 *   --only NAME      one mutant, or those whose name begins so
 *   --programs N     random programs for each at most (default 300)
 *   --config NAME    configuration (default tiny)
 *   --output FILE    write the table there, too
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { findConfiguration } from "../../src/isa/index.js";
import { type Caught, hunt, type Mutant, readMutants } from "./mutant.js";

/** What noticed a mutant, in a few words. */
function notice({ seed, difference }: Caught): string {
  const { what, actual, effect } = difference;
  const assertion = /%Error: (?:.*\/)?(\w+\.sv:\d+)/.exec(actual)?.[1];
  if (assertion) return `an assertion, ${assertion.replace(/:\d+/, "")}, program ${seed}`;
  const id = effect ? ` of ${effect.instruction.spec.id}` : "";
  return `${what}${id}, program ${seed}`;
}

function table(rows: readonly (readonly [Mutant, Caught | undefined])[]): string {
  const lines = rows.map(
    ([{ name, file, bug }, caught]) =>
      `| ${name} | ${file} | ${bug} | ${caught ? notice(caught) : "**nothing**"} |`,
  );
  return ["| mutant | file | bug | noticed by |", "|---|---|---|---|", ...lines, ""].join("\n");
}

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    programs: { type: "string", default: "300" },
    config: { type: "string", default: "tiny" },
    output: { type: "string" },
  },
});
const configuration = findConfiguration(values.config);
if (!configuration) throw new Error(`there is no configuration "${values.config}"`);
const mutants = readMutants().filter(({ name }) => name.startsWith(values.only));
const rows: [Mutant, Caught | undefined][] = [];
for (const mutant of mutants) {
  const caught = await hunt(mutant, { configuration, programs: Number(values.programs) });
  rows.push([mutant, caught]);
  console.error(`${mutant.name}: ${caught ? notice(caught) : "NOT NOTICED"}`);
}
const text = table(rows);
console.log(text);
if (values.output !== undefined) writeFileSync(values.output, text);
const missed = rows.filter(([, caught]) => !caught).length;
console.log(`${rows.length - missed} of ${rows.length} noticed`);
process.exitCode = missed > 0 || rows.length === 0 ? 1 : 0;
