import type { Diagnostic } from "../diagnostics/diagnostic.js";

/** Print diagnostics to standard error. */
export function printDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const { severity, message, span } of diagnostics) {
    const place = span ? `${span.file}:${span.line}:${span.column}: ` : "";
    console.error(`${place}${severity}: ${message}`);
  }
}
