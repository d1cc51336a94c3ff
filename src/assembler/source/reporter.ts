import type { Diagnostic, Note } from "../../diagnostics/diagnostic.js";
import type { Range } from "../syntax/ast.js";
import type { SourceText } from "../syntax/source-text.js";
import { backtrace, type Frame, spanOf } from "./frame.js";

/** A text that is being assembled and why. */
export interface Site {
  readonly source: SourceText;
  readonly frame: Frame | undefined;
}

/** A stretch of source text, wherever it was expanded. */
export interface Place {
  readonly site: Site;
  readonly range: Range;
}

export interface Details {
  readonly help?: string | undefined;
  readonly notes?: readonly Note[];
}

/** Reported errors after which the rest is only counted: what follows a wrong file is noise. */
const MAX_ERRORS = 1000;

/** Collects the diagnostics of one assembly. */
export class Reporter {
  private readonly collected: Diagnostic[] = [];
  private readonly seen = new Set<string>();
  private errors = 0;

  error(place: Place, message: string, details: Details = {}): void {
    this.add("error", place, message, details);
  }

  warning(place: Place, message: string, details: Details = {}): void {
    this.add("warning", place, message, details);
  }

  /** An error that belongs to no line. */
  failure(message: string): void {
    this.errors++;
    this.collected.push({ severity: "error", message });
  }

  /** Whether further errors are shown, so that it is worth looking for help. */
  get showsMore(): boolean {
    return this.errors < MAX_ERRORS;
  }

  get hasErrors(): boolean {
    return this.errors > 0;
  }

  /** By file, in the order in which files were first named, and in a file by place. */
  diagnostics(): Diagnostic[] {
    const files = [...new Set(this.collected.map(({ span }) => span?.file))];
    const sorted = [...this.collected].sort(
      (a, b) =>
        files.indexOf(a.span?.file) - files.indexOf(b.span?.file) ||
        (a.span?.line ?? 0) - (b.span?.line ?? 0) ||
        (a.span?.column ?? 0) - (b.span?.column ?? 0),
    );
    if (this.errors <= MAX_ERRORS) return sorted;
    const more = this.errors - MAX_ERRORS;
    const message = `${more} more error${more > 1 ? "s" : ""}; only the first ${MAX_ERRORS} are shown`;
    return [...sorted, { severity: "error", message }];
  }

  private add(
    severity: Diagnostic["severity"],
    { site, range }: Place,
    message: string,
    { help, notes = [] }: Details,
  ): void {
    if (severity === "error" && this.errors >= MAX_ERRORS) {
      this.errors++;
      return;
    }
    const span = spanOf(site.source.origin, range.start, range.end);
    const trace = backtrace(site.frame);
    // A repetition repeats its mistakes; a macro's mistake is shown once for each call.
    const calls = trace.flatMap((n) => (n.message.includes("repetition") ? [] : [n.span]));
    const key = JSON.stringify([message, span, calls]);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    if (severity === "error") this.errors++;
    const all = [...notes, ...trace];
    this.collected.push({
      severity,
      message,
      span,
      ...(all.length > 0 && { notes: all }),
      ...(help !== undefined && { help }),
    });
  }
}

/** A note "… here" at a place. */
export function noteAt(message: string, { site, range }: Place): Note {
  return { message, span: spanOf(site.source.origin, range.start, range.end) };
}
