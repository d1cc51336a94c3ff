// Apart from what carries the directives out, so that the generator of editor grammars can read the
// names without loading the assembler.

const BLOCKS = [
  ".macro",
  ".endm",
  ".rept",
  ".irp",
  ".endr",
  ".if",
  ".ifdef",
  ".ifndef",
  ".elseif",
  ".else",
  ".endif",
] as const;

const COMMANDS = [
  ".text",
  ".data",
  ".rodata",
  ".bss",
  ".section",
  ".balign",
  ".byte",
  ".half",
  ".word",
  ".dword",
  ".fixed",
  ".float",
  ".ascii",
  ".asciz",
  ".zero",
  ".fill",
  ".trits",
  ".inctrits",
  ".incbin",
  ".include",
  ".equ",
  ".set",
  ".reg",
  ".globl",
  ".global",
  ".tensor",
  ".entry",
  ".file",
  ".error",
  ".warning",
] as const;

/** A directive that opens, divides or closes a block of lines. */
export type BlockDirective = (typeof BLOCKS)[number];
/** A directive that is one line. */
export type CommandDirective = (typeof COMMANDS)[number];

/** Every directive; docs/assembly.md says what they do. */
export const DIRECTIVE_NAMES: readonly string[] = [...COMMANDS, ...BLOCKS];
