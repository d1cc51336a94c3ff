import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { renderDiagnostics } from "../diagnostics/render.js";
import { readIfPresent, STANDARD_INPUT_NAME } from "./input.js";
import { styler } from "./terminal.js";

let standardInput: string | undefined;

/** Keep the source text that came from standard input: it cannot be read again to show its lines. */
export function rememberStandardInput(text: string): void {
  standardInput = text;
}

/** Print diagnostics to standard error, with the source lines that they are about. */
export function printDiagnostics(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length === 0) return;
  const style = styler(process.stderr);
  const text = renderDiagnostics(diagnostics, {
    source: sourceText,
    colours: {
      error: (part) => style(["bold", "red"], part),
      warning: (part) => style(["bold", "yellow"], part),
      note: (part) => style(["bold", "blue"], part),
      help: (part) => style(["bold", "cyan"], part),
      place: (part) => style("bold", part),
      gutter: (part) => style("blue", part),
      message: (part) => style("bold", part),
    },
  });
  process.stderr.write(text);
}

function sourceText(file: string): string | undefined {
  if (file === STANDARD_INPUT_NAME) return standardInput;
  try {
    const bytes = readIfPresent(file);
    return bytes && new TextDecoder().decode(bytes);
  } catch {
    return undefined; // The message is worth more than its source line.
  }
}
