import type { ImageReport } from "./image-report.js";
import { type Column, formatTable } from "./table.js";

/** A part of a report for people: a heading, and lines. */
export interface ReportPart {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** The report of an image as tables. Parts without rows are left out. */
export function formatImageReport(report: ImageReport): ReportPart[] {
  return [
    { heading: "Program", lines: programLines(report) },
    table("Sections", SECTION_COLUMNS, report.sections, (s) => [
      s.name,
      s.kind,
      s.kind === "metadata" ? "" : hex(s.address),
      String(s.size),
      bytes(s.size),
    ]),
    table("Memory map", MAP_COLUMNS, report.memoryMap, ({ name, start, end }) => [
      hex(start),
      hex(end - 1),
      bytes(end - start),
      name || "(unused)",
    ]),
    table("Instructions", MIX_COLUMNS, report.instructions.counts, ({ id, unit, count }) => [
      id,
      unit,
      String(count),
      percent(count / report.instructions.total),
    ]),
    table("Ternary matrices", MATRIX_COLUMNS, report.matrices, (m) => [
      m.name,
      m.packing,
      m.shape.join(" x "),
      bytes(m.size),
      String(m.minus),
      String(m.zero),
      String(m.plus),
      percent(m.sparsity),
    ]),
    table("Symbols", SYMBOL_COLUMNS, report.symbols, (s) => [
      s.kind === "constant" ? String(s.address) : hex(s.address),
      s.kind,
      s.size > 0 ? String(s.size) : "",
      s.tensor ? `${s.tensor.type} [${s.tensor.shape.join(", ")}]` : "",
      s.name,
    ]),
  ].filter(({ lines }) => lines.length > 0);
}

const SECTION_COLUMNS = columns("name", "kind", "address", ">bytes", ">size");
const MAP_COLUMNS = columns("first", "last", ">size", "section");
const MIX_COLUMNS = columns("instruction", "unit", ">count", ">share");
const MATRIX_COLUMNS = columns("name", "in", "shape", ">size", ">-1", ">0", ">+1", ">zeros");
const SYMBOL_COLUMNS = columns("address", "kind", ">bytes", "tensor", "name");

function columns(...titles: string[]): Column[] {
  return titles.map((title) =>
    title.startsWith(">") ? { title: title.slice(1), right: true } : { title },
  );
}

function programLines(report: ImageReport): string[] {
  const { requires, instructions } = report;
  const rows = [
    ["ISA version", report.isa],
    ["configuration", report.configuration],
    ["entry", hex(report.entry)],
    [
      "instructions",
      `${instructions.total}${instructions.illegal ? `, ${instructions.illegal} illegal` : ""}`,
    ],
    ["vector length", `up to ${requires.vlmax}`],
    ["DRAM", bytes(requires.dram)],
    ["packings", requires.packings.join(", ") || "none"],
    ...(report.sparsity === undefined ? [] : [["zero weights", percent(report.sparsity)]]),
  ];
  return rows.map(([name, value]) => `${name!.padEnd(14)}${value}`);
}

function table<Row>(
  heading: string,
  columns: readonly Column[],
  rows: readonly Row[],
  cells: (row: Row) => string[],
): ReportPart {
  return { heading, lines: rows.length > 0 ? formatTable(columns, rows.map(cells)) : [] };
}

function hex(address: number): string {
  return `0x${address.toString(16)}`;
}

/** A share, 0 to 1. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A size in the unit that leaves at most four digits before the point. */
export function bytes(size: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const scale = Math.max(
    0,
    units.findLastIndex((_, i) => size >= 1024 ** i),
  );
  return `${scale === 0 ? size : (size / 1024 ** scale).toFixed(1)} ${units[scale]}`;
}
