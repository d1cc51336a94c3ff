import { posix } from "node:path";
import type { AssembleOptions } from "../options.js";
import type { Frame } from "../source/frame.js";
import { findFile } from "../source/include-path.js";
import type { ListedLine } from "./listed-line.js";

/**
 * The program as one source: what was assembled, line by line. It assembles to the same image.
 * @param main the name of the outermost file, beside which the result is expected to be
 */
export function expandedSource(
  lines: readonly ListedLine[],
  main: string,
  options: AssembleOptions,
): string {
  const out = Object.entries(options.defines ?? {}).map(
    ([name, value]) => `.set ${name}, ${value}`,
  );
  let frame: Frame | undefined;
  for (const listed of lines) {
    const { site, line, block, replaced } = listed;
    if (site.frame !== frame) {
      frame = site.frame;
      out.push(`# ${frame ? origin(frame) : main}`);
    }
    if (block?.opener === ".macro") continue;
    const statement = site.source.statement(line);
    if (statement.kind === "error") continue;
    const labels = statement.labels.map(({ name }) => `${name}:`).join(" ");
    if (block || replaced) {
      if (labels) out.push(labels);
      continue;
    }
    const { body } = statement;
    if (!body) {
      out.push(labels);
      continue;
    }
    const { source } = site;
    let text = source.text.slice(body.start, body.end);
    if (body.kind === "command" && [".incbin", ".inctrits"].includes(body.name))
      for (const operand of body.operands) {
        if (operand.kind !== "string") continue;
        const path = pathFrom(operand.value, source.origin.file.name, main, options);
        const at = operand.start - body.start;
        text = `${text.slice(0, at)}"${path}"${text.slice(operand.end - body.start)}`;
      }
    out.push(`${labels}${labels && " "}${labels ? "" : "  "}${text}`);
  }
  return out.map((text) => `${text}\n`).join("");
}

function origin({ kind, name, span }: Frame): string {
  const at = `${span.file}:${span.line}`;
  if (kind === "include") return name;
  return kind === "macro" ? `macro ${name}, called at ${at}` : `repetition at ${at}, ${name}`;
}

/** A path that names, from beside the main file, what `name` names from beside `file`. */
function pathFrom(name: string, file: string, main: string, options: AssembleOptions): string {
  const found = findFile(name, file, options)?.path;
  if (found === undefined || found === findFile(name, main, options)?.path) return name;
  return posix.isAbsolute(found) ? found : posix.relative(posix.dirname(main), found);
}
