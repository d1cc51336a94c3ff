/** JSON as Python's `json.dumps` writes it, to the byte: what the public packager puts into a file. */
import type { JsonTree } from "./json-tree.js";

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
  "\b": "\\b",
};

/** Everything but printable ASCII is escaped, UTF-16 unit by unit (ensure_ascii). */
function stringText(value: string): string {
  const escaped = value.replace(
    /[\\"]|[^ -~]/g,
    (unit) => ESCAPES[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `"${escaped}"`;
}

/** Python prefers an exponent from 1e16 on and below 1e-4, and writes it with two digits at least. */
function floatText(value: number): string {
  const [mantissa, exponentText] = value.toExponential().split("e") as [string, string];
  const exponent = Number(exponentText);
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  if (exponent >= 16 || exponent < -4) {
    const sign = exponent < 0 ? "-" : "+";
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const text = exponent < 0 ? value.toFixed(fractionDigits(mantissa) - exponent) : `${value}`;
  return text.includes(".") ? text : `${text}.0`;
}

function fractionDigits(mantissa: string): number {
  return mantissa.split(".")[1]?.length ?? 0;
}

/** @param text a JSON number that a double holds, if it is no integer */
function numberText(text: string): string {
  return /^-?\d+$/.test(text) ? BigInt(text).toString() : floatText(Number(text));
}

/** The text of a tree, with one blank after each comma and colon. */
export function pythonJson(tree: JsonTree): string {
  switch (tree.kind) {
    case "object": {
      const entries = tree.entries.map(
        ([key, value]) => `${stringText(key)}: ${pythonJson(value)}`,
      );
      return `{${entries.join(", ")}}`;
    }
    case "array":
      return `[${tree.items.map(pythonJson).join(", ")}]`;
    case "string":
      return stringText(tree.value);
    case "number":
      return numberText(tree.text);
    default:
      return String(tree.value);
  }
}
