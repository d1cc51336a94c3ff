// Apart from the functions themselves, so that the generator of editor grammars can read the names
// without the generated tables that the functions need.

const NAMES = [
  "fixed",
  "eps",
  "float",
  "min",
  "max",
  "abs",
  "align",
  "packed_size",
  "sizeof",
] as const;

export type FunctionName = (typeof NAMES)[number];

/** The functions that an expression may call; docs/assembly.md says what they do. */
export const FUNCTION_NAMES: ReadonlySet<string> = new Set(NAMES);
