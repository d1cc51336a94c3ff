/** The tables of docs/area.md. */

/** The card: Intel D5005, Stratix 10 SX 2800. */
const CARD = { alms: 933_120, m20k: 11_721, dsp: 5760 };
const integer = (value) => Math.round(value).toLocaleString("en-US");
const row = (cells) => `| ${cells.join(" | ")} |`;
const table = (head, rows) =>
  `${[row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n")}\n`;

/**
 * ALMs for counts of cells: an ALM is two look-up tables, or one of six inputs, and two bits of an adder; ten are an MLAB of 32 x
 * 20 bits. `low`: all tables of up to five inputs find a partner; `high`: none does.
 */
export function alms({ lut, lut6, arithmetic, mlab }) {
  const rest = lut6 + arithmetic / 2 + mlab / 2;
  return { low: rest + lut / 2, high: rest + lut };
}

/** DSP blocks: one for 27 x 27 bits, one for two of 18 x 18. */
export const dsp = ({ mul27, mul18 }) => mul27 + mul18 / 2;

/** Area of the core, row by row, and beside the card. `units` has `{ counts }` by name. */
export function areaTable(rows, units) {
  const total = {};
  const lines = rows.map(({ what, parts, how }) => {
    const missing = parts.filter(([name]) => !units.get(name)).map(([name]) => name);
    if (missing.length > 0)
      return [what, ...Array(6).fill("?"), `not synthesised: ${missing.join(", ")}`];
    const counts = {};
    for (const [name, times] of parts)
      for (const [kind, number] of Object.entries(units.get(name).counts))
        counts[kind] = (counts[kind] ?? 0) + times * number;
    for (const [kind, number] of Object.entries(counts)) total[kind] = (total[kind] ?? 0) + number;
    return [...cells(what, counts), how];
  });
  const { low, high } = alms(total);
  const share = (value, of) => `${((100 * value) / of).toFixed(1)} %`;
  return table(
    ["part", "look-up tables", "registers", "MLAB bits", "ALMs", "M20K", "DSP blocks", "from"],
    [
      ...lines,
      [...cells("**core**", total), "estimated: the sum"],
      [
        "of the card",
        "",
        "",
        "",
        `${share(low, CARD.alms)} - ${share(high, CARD.alms)}`,
        share(total.m20k, CARD.m20k),
        share(dsp(total), CARD.dsp),
        `${integer(CARD.alms)} ALMs, ${integer(CARD.m20k)} M20K, ${integer(CARD.dsp)} DSP`,
      ],
    ],
  );
}

function cells(what, counts) {
  const { low, high } = alms(counts);
  return [
    what,
    integer(counts.lut + counts.lut6 + counts.arithmetic),
    integer(counts.ff),
    integer(32 * counts.mlab),
    `${integer(low)} - ${integer(high)}`,
    integer(counts.m20k),
    integer(dsp(counts)),
  ];
}

/** The longest path of each unit. */
export function pathTable(units) {
  const rows = [];
  for (const [name, unit] of units)
    for (const path of unit?.paths.slice(0, 1) ?? [])
      rows.push([
        name,
        path.levels.toFixed(1),
        path.luts,
        path.carries,
        path.multipliers ?? 0,
        `\`${path.from}\``,
        `\`${path.to}\``,
      ]);
  return table(["unit", "levels", "tables", "carry bits", "multipliers", "from", "to"], rows);
}

/** Placed and routed units: `{ what, result: { cells, ram, mhz } }`. */
export function clockTable(units) {
  return table(
    ["unit", "logic cells of 7,680", "block RAM of 32", "MHz"],
    units.map(({ what, result }) => [
      what,
      result?.cells ? integer(result.cells) : "?",
      result?.ram ?? "?",
      result?.mhz ? result.mhz.toFixed(0) : "does not fit",
    ]),
  );
}
