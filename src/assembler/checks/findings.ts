import type { Place, Reporter } from "../source/reporter.js";
import type { Program } from "./program.js";

/** A suspicion about one instruction. */
export interface Finding {
  readonly index: number;
  readonly place: Place;
  readonly message: string;
  readonly help?: string;
}

/**
 * Warn of findings. A line of a macro or of a repetition is wrong only if it is wrong wherever it was
 * expanded: the last round of an unrolled loop may do more than is needed.
 */
export function warnOfFindings(
  program: Program,
  findings: readonly Finding[],
  reporter: Reporter,
): void {
  const found = new Set(findings.map(({ index }) => index));
  const sound = new Set<string>();
  if (findings.some(({ index }) => isExpanded(program, index)))
    for (const index of program.words.keys())
      if (!found.has(index) && isExpanded(program, index)) sound.add(sourceKey(program, index));
  for (const { index, place, message, help } of findings)
    if (!isExpanded(program, index) || !sound.has(sourceKey(program, index)))
      reporter.warning(place, message, { help });
}

function isExpanded({ words }: Program, index: number): boolean {
  let { frame } = words[index]!.scope.site;
  while (frame?.kind === "include") frame = frame.parent;
  return frame !== undefined;
}

/** The same for all expansions of a source line. */
function sourceKey({ words }: Program, index: number): string {
  const { scope, range } = words[index]!;
  const { origin } = scope.site.source;
  return `${origin.start(range.start)} ${origin.file.name}`;
}
