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
  const { weights, vectors, scalars, writes } = dramBytes;
  const read = weights + vectors + scalars;
  const bytes: [string, number, string][] = [
    ...Object.entries({ weights, vectors, scalars, "all that is read": read, written: writes }).map(
      ([name, value]): [string, number, string] => [name, value, percent(value, peakBytes)],
    ),
    ["read and written", read + writes, percent(report.utilisation, 1)],
  ];
  return [
    formatClocks(report),
    ...(tokens === undefined ? [] : [formatTokens(report, tokens)]),
    `simulated in ${report.hostSeconds.toFixed(1)} s: ${count(report.simulatedClocksPerSecond)} clocks/s`,
    "",
    ...formatTable(
      [{ title: "DRAM" }, { title: "bytes", right: true }, { title: "of the peak", right: true }],
      bytes.map(([name, value, share]) => [name, count(value), share]),
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
