import type { BoardReport, LoadReport } from "../board/index.js";
import { formatTable } from "../inspect/table.js";
import type { CoreReport, RtlReport } from "../rtl/index.js";

const count = (value: number) => Math.round(value).toLocaleString("en");
const percent = (part: number, whole: number) =>
  `${(whole > 0 ? (100 * part) / whole : 0).toFixed(1)} %`;

/**
 * What a run on the simulated core, or on a card, amounted to, for people.
 * @param tokens that a model took in or produced, if it is one
 */
export function formatSimulation(report: RtlReport | BoardReport, tokens?: number): string {
  return "load" in report
    ? formatCore(
        report,
        `on the card for ${report.runSeconds.toFixed(1)} s; ${formatLoad(report.load)}`,
        tokens,
      )
    : formatCore(
        report,
        `simulated in ${report.hostSeconds.toFixed(1)} s: ${count(report.simulatedClocksPerSecond)} clocks/s`,
        tokens,
      );
}

/** What loading an image moved, in a sentence. */
export function formatLoad(load: LoadReport): string {
  const { blocks, blocksKept, bytesMoved, bytesKept, bytesCleared, bytesVerified, seconds } = load;
  return [
    `loaded ${count(bytesMoved)} bytes in ${seconds.toFixed(2)} s (${blocks - blocksKept} of ${blocks} blocks`,
    `; ${count(bytesKept)} bytes were there already, ${count(bytesCleared)} cleared`,
    bytesVerified > 0 ? `, ${count(bytesVerified)} read back)` : ")",
  ].join("");
}

function formatCore(report: CoreReport, host: string, tokens: number | undefined): string {
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
    host,
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

function formatClocks({ clocks, configuration, clockMhz, seconds }: CoreReport): string {
  return `${count(clocks)} clocks of ${configuration}: ${formatSeconds(seconds)} at ${clockMhz} MHz`;
}

function formatTokens({ clocks, seconds }: CoreReport, tokens: number): string {
  if (tokens === 0) return "0 tokens";
  return `${count(tokens)} tokens: ${count(clocks / tokens)} clocks a token, ${(tokens / seconds).toFixed(1)} tokens/s`;
}

function formatSeconds(seconds: number): string {
  if (seconds >= 1) return `${seconds.toFixed(3)} s`;
  return seconds >= 1e-3 ? `${(seconds * 1e3).toFixed(3)} ms` : `${(seconds * 1e6).toFixed(2)} us`;
}
