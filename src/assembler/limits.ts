// What an assembly may take: a few characters of source can ask for any amount of memory or time.

/** Instructions of a program: far beyond every configuration's instruction memory. */
export const MAX_INSTRUCTIONS = 1 << 20;
/** Bytes that directives other than those that read files may write into sections. */
export const MAX_WRITTEN_BYTES = 2 ** 28;
/** Bytes of one section with contents: what one array may hold. */
export const MAX_SECTION_BYTES = 2 ** 32 - 1;
/** Largest alignment that a section may ask for. */
export const MAX_ALIGNMENT = 2 ** 20;
/** Lines that macros, repetitions and includes may make. */
export const MAX_EXPANDED_LINES = 2 ** 18;
/** Characters that macros may make. */
export const MAX_EXPANDED_CHARACTERS = 2 ** 23;
/** Macros, includes and repetitions inside each other. */
export const MAX_FRAME_DEPTH = 128;
/** Conditions inside each other in one text. */
export const MAX_CONDITION_DEPTH = 64;
/** Characters of a source file. */
export const MAX_SOURCE_CHARACTERS = 2 ** 23;
/** Sections of a program. */
export const MAX_SECTIONS = 1000;
/** Characters of a symbol's name. */
export const MAX_NAME_LENGTH = 255;
