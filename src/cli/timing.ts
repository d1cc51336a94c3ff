import type { CycleReport } from "../cycle-model/index.js";
import { formatTable } from "../inspect/table.js";

const count = (value: number) => Math.round(value).toLocaleString("en");
const percent = (part: number, whole: number) =>
  `${(whole > 0 ? (100 * part) / whole : 0).toFixed(1)} %`;

/**
 * What the cycle model predicts, for people.
 * @param tokens that a model took in or produced, if it is one
 */
export function formatTiming(report: CycleReport, tokens?: number): string {
  const { clocks, configuration, clockMhz, seconds, dram, units, front, ternary } = report;
  const table = (title: string, rows: readonly (readonly [string, number])[]) =>
    formatTable(
      [{ title }, { title: "clocks", right: true }, { title: "share", right: true }],
      rows.map(([name, value]) => [name, count(value), percent(value, clocks)]),
    );
  const causes = Object.keys(report.issue) as (keyof typeof report.issue)[];
  return [
    `predicted: ${count(clocks)} clocks of ${configuration}: ${(seconds * 1e3).toFixed(3)} ms at ${clockMhz} MHz`,
    ...(tokens
      ? [
          `${count(tokens)} tokens: ${count(clocks / tokens)} clocks a token, ${(tokens / seconds).toFixed(1)} tokens/s`,
        ]
      : []),
    `roofline: the DRAM's peak moves the bytes in ${count(dram.rooflineClocks)} clocks, ${percent(dram.rooflineClocks, clocks)} of these`,
    "",
    ...formatTable(
      [{ title: "DRAM" }, { title: "bytes", right: true }],
      Object.entries(dram.bytes).map(([client, bytes]) => [client, count(bytes)]),
    ),
    "",
    ...formatTable(
      [
        { title: "unit" },
        { title: "busy", right: true },
        ...causes.map((cause) => ({ title: `idle: ${cause}`, right: true })),
      ],
      Object.entries(units).map(([unit, row]) => [
        unit,
        percent(row.busy, clocks),
        ...causes.map((cause) => percent(row[cause], clocks)),
      ]),
    ),
    "",
    ...table("tmatmul, while busy", [
      ["takes weights", ternary.streaming],
      ["no weights: DRAM bandwidth", ternary.starvedByBandwidth],
      ["no weights: DRAM latency", ternary.starvedByLatency],
    ]),
    "",
    ...table("front end waits for", Object.entries(front)),
  ].join("\n");
}
