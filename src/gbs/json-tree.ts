/**
 * JSON as a tree that keeps what `JSON.parse` drops: how a number is written, and the order of keys. The
 * public packager is Python, where 1 and 1.0 differ, and its loader tells them apart, too.
 */
import { parseJson } from "../tensors/strict-json.js";

export type JsonTree =
  | { readonly kind: "object"; readonly entries: readonly (readonly [string, JsonTree])[] }
  | { readonly kind: "array"; readonly items: readonly JsonTree[] }
  | { readonly kind: "string"; readonly value: string }
  /** As it is written. */
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "literal"; readonly value: boolean | null };

const TOKEN = /\s*([{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+)/y;

/**
 * The tree of a JSON text.
 * @param file named in messages
 * @throws UserError with line and column of the first fault; keys that occur twice are one
 */
export function parseJsonTree(file: string, text: string, help?: string): JsonTree {
  parseJson(file, text, help); // what follows relies on a text without faults
  return new TreeReader(text).value();
}

/** The value at a key of an object; undefined when there is none. */
export function member(tree: JsonTree | undefined, key: string): JsonTree | undefined {
  return tree?.kind === "object" ? tree.entries.find(([name]) => name === key)?.[1] : undefined;
}

/** An object with one value replaced, or appended when it is new. */
export function withMember(tree: JsonTree, key: string, value: JsonTree): JsonTree {
  const entries = tree.kind === "object" ? tree.entries : [];
  const known = entries.some(([name]) => name === key);
  const replaced = entries.map(([name, old]) => [name, name === key ? value : old] as const);
  return { kind: "object", entries: known ? replaced : [...entries, [key, value]] };
}

/** Whether a number is written as an integer: neither a point nor an exponent. */
export function isInteger(tree: JsonTree | undefined): tree is JsonTree & { kind: "number" } {
  return tree?.kind === "number" && /^-?\d+$/.test(tree.text);
}

/** A tree as the values of JavaScript: for a report, not for a comparison. */
export function plainValue(tree: JsonTree): unknown {
  switch (tree.kind) {
    case "object":
      return Object.fromEntries(tree.entries.map(([key, value]) => [key, plainValue(value)]));
    case "array":
      return tree.items.map(plainValue);
    case "number":
      return Number(tree.text);
    default:
      return tree.value;
  }
}

/** Reads a text that is known to be valid. */
class TreeReader {
  #at = 0;

  constructor(private readonly text: string) {}

  value(token = this.#next()): JsonTree {
    if (token === "{")
      return { kind: "object", entries: this.#list("}", (key) => this.#entry(key)) };
    if (token === "[")
      return { kind: "array", items: this.#list("]", (first) => this.value(first)) };
    if (token.startsWith('"')) return { kind: "string", value: JSON.parse(token) as string };
    if (token === "true" || token === "false" || token === "null")
      return { kind: "literal", value: JSON.parse(token) as boolean | null };
    return { kind: "number", text: token };
  }

  #entry(key: string): readonly [string, JsonTree] {
    this.#next(); // the colon
    return [JSON.parse(key) as string, this.value()];
  }

  #list<Item>(end: string, item: (first: string) => Item): Item[] {
    const items: Item[] = [];
    for (let token = this.#next(); token !== end; token = this.#next())
      if (token !== ",") items.push(item(token));
    return items;
  }

  #next(): string {
    TOKEN.lastIndex = this.#at;
    const [, token] = TOKEN.exec(this.text)!;
    this.#at = TOKEN.lastIndex;
    return token!;
  }
}
