import type { SectionKind } from "../../image/image.js";
import { RESERVED_SECTION_NAMES } from "../../image/reserved-sections.js";
import { INSTRUCTION_BYTES } from "../../isa/codec.js";
import { type Configuration, MEMORY } from "../../isa/index.js";
import { MAX_INSTRUCTIONS, MAX_SECTION_BYTES, MAX_SECTIONS } from "../limits.js";
import { SectionBuilder } from "./section-builder.js";

/** The sections of a program; `.text` is there from the beginning and is the first current one. */
export class SectionTable {
  readonly text = new SectionBuilder(".text", "code", INSTRUCTION_BYTES);
  current: SectionBuilder = this.text;
  private readonly byName = new Map<string, SectionBuilder>([[".text", this.text]]);

  constructor(private readonly configuration: Configuration) {}

  /** In order of appearance. */
  all(): SectionBuilder[] {
    return [...this.byName.values()];
  }

  find(name: string): SectionBuilder | undefined {
    return this.byName.get(name);
  }

  /**
   * Make a section the current one, new if need be.
   * @returns what is wrong with the name, or undefined
   */
  enter(name: string, metadata: boolean): string | undefined {
    let section = this.byName.get(name);
    if (!section) {
      if (this.byName.size >= MAX_SECTIONS)
        return `the program has more than ${MAX_SECTIONS} sections`;
      if (RESERVED_SECTION_NAMES.has(name)) return "the name is reserved for the image file format";
      section = new SectionBuilder(name, kindOf(name, metadata), metadata ? 1 : MEMORY.line_bytes);
      this.byName.set(name, section);
    } else if (metadata && section.kind !== "metadata") {
      return 'it was opened without "n" before, so it is loaded';
    }
    this.current = section;
    return undefined;
  }

  /** What is wrong with making the current section longer, or undefined. */
  overflow(bytes: number): string | undefined {
    const { current } = this;
    const limit = this.limit(current);
    if (current.size + bytes <= limit) return undefined;
    if (current.kind === "code")
      return `the program has more than ${MAX_INSTRUCTIONS} instructions`;
    const size = current.size + bytes;
    return `section "${current.name}" would have ${size} bytes, at most ${limit} fit`;
  }

  private limit({ kind }: SectionBuilder): number {
    if (kind === "code") return MAX_INSTRUCTIONS * INSTRUCTION_BYTES;
    if (kind === "zero") return this.configuration.dram;
    if (kind === "metadata") return MAX_SECTION_BYTES;
    return Math.min(this.configuration.dram, MAX_SECTION_BYTES);
  }
}

/** `.bss` and what begins with `.bss.` is zero at start and takes no room in the image. */
function kindOf(name: string, metadata: boolean): SectionKind {
  if (metadata) return "metadata";
  return name === ".bss" || name.startsWith(".bss.") ? "zero" : "data";
}
