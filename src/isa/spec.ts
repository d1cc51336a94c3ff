/** Types of the instruction set specification; the data is in generated.ts. */

/** v: vector, q: activation (int8), x: scalar. */
export type RegisterFile = "v" | "q" | "x";

export type OperandKind = RegisterFile | "mem" | "imm" | "target" | "csr";

/** One operand of an instruction: how it is written and where in the word it is. */
export interface OperandSpec {
  /** Name in the instruction's syntax, such as `vd`. */
  readonly name: string;
  readonly kind: OperandKind;
  /** The word's field that holds it. */
  readonly field: string;
  /** For `mem`: the field of the base register. */
  readonly base?: string;
  readonly signed?: boolean;
  /** Largest value, where the field could hold more. */
  readonly max?: number;
  /** What the instruction does to the register (for `mem`: to the base register). */
  readonly access?: "r" | "w" | "rw";
}

/** One row of isa/instructions.yaml. */
export interface InstructionSpec {
  /** Unique, such as `add.vv`. */
  readonly id: string;
  /** What the source says, such as `add`; several instructions may share it. */
  readonly mnemonic: string;
  readonly opcode: number;
  readonly operands: readonly OperandSpec[];
  readonly unit: string;
  readonly timing: string;
  readonly summary: string;
  readonly syntax: string;
  /** Pseudo-code. */
  readonly semantics: string;
  readonly traps: readonly string[];
  /** Register fields that must not name register 0. */
  readonly nonzero: readonly string[];
  /** Register fields that must differ. */
  readonly distinct: readonly string[];
}

/** One row of isa/aliases.yaml. */
export interface AliasSpec {
  readonly mnemonic: string;
  readonly operands: readonly OperandSpec[];
  /** Source lines with `{operand}` placeholders. */
  readonly expands: readonly string[];
  readonly summary: string;
  readonly syntax: string;
}

/** One row of isa/configurations.yaml: the limits that a program can notice. */
export interface Configuration {
  readonly name: string;
  readonly description: string;
  /** Longest vector, in elements. */
  readonly vlmax: number;
  /** Bytes of DRAM. */
  readonly dram: number;
  /** Capacity of the instruction memory, in instructions. */
  readonly instructions: number;
  /** Entries of each queue. */
  readonly queue: number;
  readonly packings: readonly string[];
  readonly core: CoreConfiguration;
}

/** What the hardware of a configuration is built of: it decides about speed only. */
export interface CoreConfiguration {
  /** Clock that cycle counts are turned into seconds with. */
  readonly clock_mhz: number;
  /** DRAM channels, over which granules are interleaved; a power of two, like the rest. */
  readonly channels: number;
  /** Bytes that a channel moves in a clock: a granule. */
  readonly beat_bytes: number;
  /** Elements a clock of the vector units. */
  readonly lanes: number;
  /** Granules a clock of the ternary unit. */
  readonly product_granules: number;
  /** Granules of weights fetched ahead, for each granule of the ternary unit. */
  readonly weight_fifo: number;
  /** Granules in flight of a vector load or store, for each channel. */
  readonly vector_fifo: number;
  /** Vector instructions that wait for their unit. */
  readonly issue_queue: number;
  /** Beats of the longest AXI burst. */
  readonly burst: number;
  /** Read bursts of weights in flight, for each channel. */
  readonly outstanding: number;
}
