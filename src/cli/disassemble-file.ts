import { dirname, relative } from "node:path";
import { type DataForm, dataInImageFile, disassembledLines } from "../disassembler/index.js";
import { loadImageFile } from "./load-program.js";
import { STANDARD_STREAM, writeTextPieces } from "./output.js";
import { UsageError } from "./usage-error.js";

/**
 * Disassemble an image to a file.
 * @param data `include`: long data as `.incbin` of the image file
 * @throws UserError, UsageError
 */
export async function disassembleFile(
  path: string,
  output: string,
  data: "full" | "include" | "none",
): Promise<void> {
  if (data === "include" && path === STANDARD_STREAM)
    throw new UsageError("--data include needs an image file, not standard input");
  const { image, bytes } = await loadImageFile(path);
  const form: DataForm = data === "include" ? dataInImageFile(seenFrom(output, path), bytes) : data;
  await writeTextPieces(output, withLineFeeds(disassembledLines(image, { data: form })));
}

/** A path as a source names it: inclusions are looked for beside the source. */
function seenFrom(source: string, path: string): string {
  return source === STANDARD_STREAM ? path : relative(dirname(source), path);
}

function* withLineFeeds(lines: Iterable<string>): Generator<string, void, undefined> {
  for (const line of lines) yield `${line}\n`;
}
