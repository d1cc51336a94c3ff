import type { ScalarRole } from "../registers/scalar-roles.js";
import type { EmitContext } from "./context.js";
import { type DataSections, emitDataSections, emitLayoutConstants } from "./data-section.js";
import { declareScalars } from "./scalars.js";
import { AssemblyText } from "./text.js";

/** A section that is never loaded: its name and the file that it holds. */
export interface MetadataFile {
  readonly section: string;
  readonly file: string;
}

/**
 * Puts a program's source together: header, names, code, data.
 * @param file what the image's line information calls it, wherever it is assembled
 * @param header comment lines
 * @param code what `context.text` holds: the .text section
 */
export function emitProgram(
  context: EmitContext,
  file: string,
  header: readonly string[],
  constants: Readonly<Record<string, number>>,
  data: DataSections,
  metadata: readonly MetadataFile[],
): string {
  const code = context.text.toString();
  const text = new AssemblyText();
  for (const line of header) text.comment(line);
  text.directive(".file", `"${file}"`);
  text.line();
  const bare = code.replaceAll(/#.*$/gm, "");
  const used = (role: ScalarRole) => new RegExp(`\\b${role}\\b`).test(bare);
  declareScalars(text, used);
  if (Object.keys(constants).length > 0) text.line();
  for (const [name, value] of Object.entries(constants))
    text.constant(name, value, "software trap");
  emitLayoutConstants(text, context.plan, context.program);
  text.line();
  const tail = new AssemblyText();
  emitDataSections(tail, data);
  for (const { section, file } of metadata) {
    tail.line();
    tail.line(`.section ${section}, "n"`);
    tail.directive(".incbin", `"${file}"`);
  }
  return text.toString() + code + tail.toString();
}
