import type { SectionBuilder } from "../layout/section-builder.js";
import type { Site } from "../source/reporter.js";
import type { Block } from "../syntax/blocks.js";

/** A line that was assembled, in the order in which that happened. */
export interface ListedLine {
  readonly site: Site;
  readonly line: number;
  /** Where its bytes went: from offset `from` up to `to`. */
  readonly section: SectionBuilder;
  readonly from: number;
  to: number;
  /** Whether other lines stand for it: it calls a macro or includes a file. */
  replaced: boolean;
  /** Present when the line opens a block. */
  readonly block: Block | undefined;
}
