/** A cell; numbers are grouped by thousands and aligned to the right. */
export type Cell = string | number | bigint | undefined;

/**
 * Rows as text in aligned columns, two spaces between them, without trailing spaces.
 * @param header column titles, if there are any
 */
export function formatTable(
  rows: readonly (readonly Cell[])[],
  header?: readonly string[],
): string {
  const isNumber = (cell: Cell) => typeof cell === "number" || typeof cell === "bigint";
  const text = (cell: Cell) =>
    cell === undefined ? "" : typeof cell === "string" ? cell : cell.toLocaleString("en");
  const lines: (readonly Cell[])[] = header ? [header, ...rows] : [...rows];
  const columns = Math.max(0, ...lines.map((line) => line.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...lines.map((line) => text(line[column]).length)),
  );
  const rightAligned = widths.map((_, column) => rows.some((row) => isNumber(row[column])));
  return lines
    .map((line) =>
      widths
        .map((width, column) =>
          rightAligned[column]
            ? text(line[column]).padStart(width)
            : text(line[column]).padEnd(width),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
