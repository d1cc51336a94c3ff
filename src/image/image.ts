/** A program in memory: what the assembler makes, the ELF file holds, and a machine loads. */

/** What a section is: instructions, initialised DRAM, zeroed DRAM, or data that is never loaded. */
export type SectionKind = "code" | "data" | "zero" | "metadata";

export interface Section {
  /** `.text`, `.data`, `.bss`, or the program's own name. */
  readonly name: string;
  readonly kind: SectionKind;
  /** Byte address in the address map (docs/decisions/0004-address-map.md); 0 for metadata. */
  readonly address: number;
  /** In bytes; equals `data.length` unless kind is `zero`. */
  readonly size: number;
  /** Absent for kind `zero`. */
  readonly data?: Uint8Array;
  /** Power of two. */
  readonly alignment: number;
}

/**
 * How the bytes at a symbol are to be read: `q` elements of a vector register (int32 fixed point),
 * plain integers, or a ternary matrix in a packing.
 */
export type TensorType = "q" | "i8" | "i16" | "i32" | "i64" | "t4" | "t5";

export interface ImageSymbol {
  readonly name: string;
  readonly address: number;
  /** In bytes; 0 when not stated. */
  readonly size: number;
  readonly kind: "code" | "object" | "constant";
  readonly global: boolean;
  /** Present when the source declared a type and shape with `.tensor`. */
  readonly tensor?: { readonly type: TensorType; readonly shape: readonly number[] };
}

/** Where an instruction comes from: the line itself, then the macro calls or includes around it. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Innermost first: where the macro was called whose body holds the line above. */
  readonly expandedFrom?: readonly {
    readonly macro: string;
    readonly file: string;
    readonly line: number;
    readonly column: number;
  }[];
}

/** What a machine must offer to run the image; it refuses by the name of the limit it lacks. */
export interface Requirements {
  /** Longest vector length that the program sets. */
  readonly vlmax: number;
  /** Bytes of DRAM up to the end of the highest section. */
  readonly dram: number;
  readonly instructions: number;
  /** Packings that the program's tmatmul instructions use. */
  readonly packings: readonly string[];
}

export interface Image {
  /** ISA version that the program was made for. */
  readonly isa: { readonly major: number; readonly minor: number };
  /** Configuration that it was built for, such as `d5005`. */
  readonly configuration: string;
  readonly requires: Requirements;
  /** Address of the first instruction to run. */
  readonly entry: number;
  readonly sections: readonly Section[];
  readonly symbols: readonly ImageSymbol[];
  /** `lines[i]` is the source of the instruction at the code section's address + 8 i. */
  readonly lines: readonly (SourceLocation | undefined)[];
}
