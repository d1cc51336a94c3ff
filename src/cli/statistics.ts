import type { StatisticsReport } from "../emulator/index.js";
import { type Column, formatTable } from "../inspect/table.js";

const COUNTS: readonly Column[] = [
  { title: "count", right: true },
  { title: "share", right: true },
];

/** What ran, for people. */
export function formatStatistics(report: StatisticsReport, seconds: number): string {
  const { instructions, byInstruction, byUnit, multiplyAdds, traffic } = report;
  const counts = (title: string, table: Readonly<Record<string, number>>) =>
    formatTable(
      [{ title }, ...COUNTS],
      Object.entries(table).map(([name, count]) => [
        name,
        count.toLocaleString("en"),
        `${((100 * count) / instructions).toFixed(1)} %`,
      ]),
    );
  const work: [string, number][] = [
    ["ternary multiply-adds", multiplyAdds],
    ...Object.entries(traffic).map(([kind, bytes]): [string, number] => [`${kind}, bytes`, bytes]),
  ];
  return [
    `${instructions.toLocaleString("en")} instructions in ${seconds.toFixed(2)} s`,
    "",
    ...counts("unit", byUnit),
    "",
    ...counts("instruction", byInstruction),
    "",
    ...formatTable(
      [{ title: "work" }, { title: "amount", right: true }],
      work.map(([name, amount]) => [name, amount.toLocaleString("en")]),
    ),
  ].join("\n");
}
