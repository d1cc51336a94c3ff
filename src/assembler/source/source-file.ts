/** A file of source text, with the offsets at which its lines begin. */
export class SourceFile {
  private starts: Int32Array | undefined;

  /** @param name as the user named it, or as it was found along an include path */
  constructor(
    readonly name: string,
    readonly text: string,
  ) {}

  /** Line and column, both from 1, of an offset in the text. */
  position(offset: number): { line: number; column: number } {
    const starts = this.lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  /** The offset behind the last character of the line that holds an offset. */
  lineEnd(offset: number): number {
    const end = this.text.indexOf("\n", offset);
    const last = end < 0 ? this.text.length : end;
    return last > offset && this.text[last - 1] === "\r" ? last - 1 : last;
  }

  lineCount(): number {
    return this.lineStarts().length;
  }

  /** The text of a line (from 1) without its end. */
  lineText(line: number): string {
    const start = this.lineStarts()[line - 1];
    return start === undefined ? "" : this.text.slice(start, this.lineEnd(start));
  }

  private lineStarts(): Int32Array {
    if (!this.starts) {
      const starts = [0];
      for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1))
        starts.push(at + 1);
      this.starts = Int32Array.from(starts);
    }
    return this.starts;
  }
}
