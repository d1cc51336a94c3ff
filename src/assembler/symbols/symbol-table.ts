import type { TensorType } from "../../image/image.js";
import type { ConstantError } from "../expression/expression-error.js";
import type { Rational } from "../expression/rational.js";
import type { SectionBuilder } from "../layout/section-builder.js";
import type { Place, Site } from "../source/reporter.js";
import type { Expression } from "../syntax/ast.js";

/** A place in the program: a section and an offset in it. */
export interface Location {
  readonly section: SectionBuilder;
  readonly offset: number;
}

/** What the meaning of an expression depends on besides its symbols' definitions. */
export interface Scope {
  readonly site: Site;
  /** Number of the statement: orders definitions and uses across expansions. */
  readonly sequence: number;
  /** The address of the statement, `.`. */
  readonly here: Location;
}

/** An integer, or an address whose section has none yet. */
export type Value = bigint | Relative;

export interface Relative {
  readonly section: SectionBuilder;
  readonly offset: bigint;
}

export interface Label {
  readonly kind: "label";
  readonly location: Location;
  readonly place: Place;
  readonly sequence: number;
}

export interface Constant {
  readonly kind: "constant";
  /** An expression, or the value itself when it came from outside the source. */
  readonly value: Expression | bigint;
  readonly scope: Scope | undefined;
  readonly place: Place | undefined;
  readonly sequence: number;
  /** Found once, then kept. */
  integer?: Value;
  real?: Rational;
  /** Set while the value is being found, to notice a cycle. */
  active?: boolean;
  /** Why it never has a value. */
  failure?: ConstantError;
}

export interface Tensor {
  readonly type: TensorType;
  readonly shape: readonly number[];
  readonly place: Place;
}

/** Everything known of a name. */
export interface SymbolEntry {
  readonly name: string;
  /** A label has one definition; a constant one for each assignment, in order. */
  readonly definitions: (Label | Constant)[];
  global: Place | undefined;
  tensor: Tensor | undefined;
  referenced: boolean;
}

export class SymbolTable {
  private readonly entries = new Map<string, SymbolEntry>();
  private readonly numeric = new Map<string, Label[]>();

  entry(name: string): SymbolEntry {
    let entry = this.entries.get(name);
    if (!entry) {
      entry = {
        name,
        definitions: [],
        global: undefined,
        tensor: undefined,
        referenced: false,
      };
      this.entries.set(name, entry);
    }
    return entry;
  }

  find(name: string): SymbolEntry | undefined {
    return this.entries.get(name);
  }

  /** In order of first mention. */
  all(): Iterable<SymbolEntry> {
    return this.entries.values();
  }

  /** Names that have a definition. */
  *definedNames(): Iterable<string> {
    for (const { name, definitions } of this.entries.values())
      if (definitions.length > 0) yield name;
  }

  /** Where labels are, numeric ones included. */
  *labelLocations(): Iterable<Location> {
    for (const { definitions } of this.entries.values())
      for (const definition of definitions)
        if (definition.kind === "label") yield definition.location;
    for (const labels of this.numeric.values()) for (const { location } of labels) yield location;
  }

  defineNumeric(number: string, label: Label): void {
    const labels = this.numeric.get(number);
    if (labels) labels.push(label);
    else this.numeric.set(number, [label]);
  }

  /** The nearest label of a number before or at (`b`), or after (`f`) a statement. */
  findNumeric(number: string, direction: "b" | "f", sequence: number): Label | undefined {
    const labels = this.numeric.get(number) ?? [];
    const before = countUpTo(labels, sequence);
    return direction === "b" ? labels[before - 1] : labels[before];
  }
}

/**
 * The definition that a use means: the last one before it, or the only one, wherever it is.
 * "ambiguous" when all of several assignments come later.
 */
export function definitionAt(
  { definitions }: SymbolEntry,
  sequence: number,
): Label | Constant | "ambiguous" | undefined {
  if (definitions.length <= 1) return definitions[0];
  return definitions[countUpTo(definitions, sequence) - 1] ?? "ambiguous";
}

/** How many of the definitions, which ascend, come before or at a statement. */
function countUpTo(
  definitions: readonly { readonly sequence: number }[],
  sequence: number,
): number {
  let low = 0;
  let high = definitions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (definitions[middle]!.sequence <= sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}
