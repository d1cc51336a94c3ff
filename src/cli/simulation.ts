import { formatTable } from "../inspect/table.js";
import type { RtlReport } from "../rtl/index.js";

const count = (value: number) => Math.round(value).toLocaleString("en");
const percent = (part: number, whole: number) =>
  `${(whole > 0 ? (100 * part) / whole : 0).toFixed(1)} %`;

/**
 * What a simulated run amounted to, for people.
 * @param tokens that a model took in or produced, if it is one
 */
export function formatSimulation(report: RtlReport, tokens?: number): string {
  const { clocks, dramBytes, peakBytes, frontStalls, issueStalls, busy, starved } = report;
  const share = (table: Readonly<Record<string, number>>, title: string) =>
    formatTable(
      [{ title }, { title: "clocks", right: true }, { title: "share", right: true }],
      Object.entries(table).map(([name, value]) => [name, count(value), percent(value, clocks)]),
    );
  const moved = Object.values(dramBytes).reduce((sum, bytes) => sum + bytes, 0);
  const bytes = [
    ...Object.entries(dramBytes).map(([name, value]): [string, number] => [
      name === "writes" ? "written" : `${name}, read`,
      value,
    ]),
    ["all", moved] as [string, number],
  ];
  return [
    formatClocks(report),
    ...(tokens === undefined ? [] : [formatTokens(report, tokens)]),
    `simulated in ${report.hostSeconds.toFixed(1)} s: ${count(report.simulatedClocksPerSecond)} clocks/s`,
    "",
    ...formatTable(
      [{ title: "DRAM" }, { title: "bytes", right: true }, { title: "of the peak", right: true }],
      bytes.map(([name, value]) => [name, count(value), percent(value, peakBytes)]),
    ),
    "",
    ...share({ ...busy, "tmatmul without weights": starved }, "unit runs"),
    "",
    ...share(frontStalls, "front end waits for"),
    "",
    ...share(issueStalls, "issue waits for"),
  ].join("\n");
}

function formatClocks({ clocks, configuration, clockMhz, seconds }: RtlReport): string {
  return `${count(clocks)} clocks of ${configuration}: ${formatSeconds(seconds)} at ${clockMhz} MHz`;
}

function formatTokens({ clocks, seconds }: RtlReport, tokens: number): string {
  if (tokens === 0) return "0 tokens";
  return `${count(tokens)} tokens: ${count(clocks / tokens)} clocks a token, ${(tokens / seconds).toFixed(1)} tokens/s`;
}

function formatSeconds(seconds: number): string {
  if (seconds >= 1) return `${seconds.toFixed(3)} s`;
  return seconds >= 1e-3 ? `${(seconds * 1e3).toFixed(3)} ms` : `${(seconds * 1e6).toFixed(2)} us`;
}
