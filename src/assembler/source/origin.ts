import type { SourceFile } from "./source-file.js";

/** Says where the characters of a text that is assembled were written. */
export interface Origin {
  readonly file: SourceFile;
  /** The offset in the file's text of a character of the assembled text. */
  start(offset: number): number;
  /** The offset in the file's text behind what precedes `offset` in the assembled text. */
  end(offset: number): number;
}

/** The origin of a file's own text. */
export function fileOrigin(file: SourceFile): Origin {
  return { file, start: (offset) => offset, end: (offset) => offset };
}

/** A stretch of an expanded text and the stretch of the body that it stands for. */
export interface Segment {
  /** Offset in the expanded text. */
  readonly at: number;
  /** Offset in the text that holds the body. */
  readonly from: number;
  /** Length of the body's stretch when it was replaced; undefined when it was copied. */
  readonly replaced?: number;
}

/**
 * The origin of a text that was made from another one by substitution: a copied character comes
 * from its original, a substituted one from the parameter that it replaces.
 * @param segments ascending, the first one at 0
 */
export function substitutedOrigin(body: Origin, segments: readonly Segment[]): Origin {
  const segmentAt = (offset: number): Segment => {
    let low = 0;
    let high = segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (segments[middle]!.at <= offset) low = middle;
      else high = middle - 1;
    }
    return segments[low]!;
  };
  return {
    file: body.file,
    start(offset) {
      const { at, from, replaced } = segmentAt(offset);
      return body.start(replaced === undefined ? from + offset - at : from);
    },
    end(offset) {
      const { at, from, replaced } = segmentAt(Math.max(0, offset - 1));
      return body.end(replaced === undefined ? from + offset - at : from + replaced);
    },
  };
}
