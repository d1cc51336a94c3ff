import { existsSync } from "node:fs";
import { extname } from "node:path";
import { UserError } from "../diagnostics/diagnostic.js";
import { nearest } from "../diagnostics/suggest.js";
import type { Image, ImageSymbol } from "../image/image.js";
import { elementCount, readNpy, readSafetensors, type Tensor } from "../tensors/index.js";
import { readBinary } from "./input.js";
import { UsageError } from "./usage-error.js";

/** `NAME=VALUE` of a flag. @throws UsageError when there is no name or no value */
export function splitAssignment(flag: string, text: string): { name: string; value: string } {
  const match = /^([^=]+)=(.+)$/s.exec(text);
  if (!match) throw new UsageError(`--${flag} ${text}: expected NAME=VALUE`);
  return { name: match[1]!, value: match[2]! };
}

/** A symbol of DRAM. @throws UserError that suggests a near name when there is none */
export function findDataSymbol(image: Image, name: string): ImageSymbol {
  const data = image.symbols.filter(({ kind, tensor }) => kind === "object" || tensor);
  const found = data.find((symbol) => symbol.name === name);
  if (found) return found;
  const names = data.map((symbol) => symbol.name);
  const candidate = nearest(name, names);
  throw new UserError(
    `the program has no data symbol "${name}"`,
    candidate
      ? `did you mean "${candidate}"?`
      : names.length > 0
        ? `it has ${names.slice(0, 10).join(", ")}${names.length > 10 ? ", ..." : ""}`
        : "it has none at all",
  );
}

/**
 * The tensor that `--set NAME=VALUE` gives to a symbol: numbers (`1,2,3`), a `.npy` file, or a
 * tensor of a `.safetensors` file (that of the symbol's name, or `FILE:TENSOR`).
 * @throws UserError
 */
export async function readTensorValue(symbol: ImageSymbol, value: string): Promise<Tensor> {
  const numbers = literalNumbers(value);
  if (numbers && !existsSync(value)) return { type: "F64", ...literalShape(symbol, numbers) };
  const member = /^(.*\.safetensors)(?::(.+))?$/i.exec(value);
  if (member) {
    const [, file = "", name = symbol.name] = member;
    const tensor = (await readSafetensors(file)).get(name);
    if (tensor) return tensor;
    throw new UserError(`${file} has no tensor "${name}"`, "name it: --set NAME=FILE:TENSOR");
  }
  const bytes = await readBinary(value);
  if (extname(value).toLowerCase() === ".npy") return readNpy(value, bytes);
  throw new UserError(
    `${value}: unknown kind of file`,
    "expected a .npy file, a .safetensors file, or numbers such as 1,2.5,-3",
  );
}

function literalNumbers(text: string): number[] | undefined {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  return numbers.some(Number.isNaN) ? undefined : numbers;
}

/** Written numbers have no shape: as many as the symbol has elements take its shape. */
function literalShape({ tensor, size }: ImageSymbol, numbers: readonly number[]) {
  const shape = tensor?.shape ?? [size];
  const fits = elementCount(shape) === numbers.length;
  return { shape: fits ? shape : [numbers.length], data: Float64Array.from(numbers) };
}

/** A tensor for people: a row a line. */
export function formatTensor({ shape, data }: Tensor): string {
  const columns = Math.max(1, shape.at(-1) ?? 1);
  const lines = [];
  for (let start = 0; start < data.length; start += columns)
    lines.push(Array.from(data.slice(start, start + columns), String).join(" "));
  return lines.join("\n");
}

/** A tensor for JSON; integers beyond 2^53 become strings. */
export function jsonTensor({ type, shape, data }: Tensor) {
  return { type, shape, data: Array.from(data as ArrayLike<number | bigint>, jsonInteger) };
}

/** An integer as a JSON number while that is exact, else as a string. */
export function jsonInteger(value: number | bigint): number | string {
  if (typeof value === "number") return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
}
