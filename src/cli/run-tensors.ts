import { extname } from "node:path";
import type { Image, ImageSymbol } from "../image/image.js";
import { decodeSymbol, encodeSymbol, symbolSize } from "../session/symbol-tensor.js";
import type { Target } from "../target/target.js";
import { type Tensor, writeNpy, writeSafetensors } from "../tensors/index.js";
import { STANDARD_STREAM, writeBinary, writeStandardOutput } from "./output.js";
import {
  findDataSymbol,
  formatTensor,
  readTensorValue,
  splitAssignment,
} from "./program-tensors.js";
import { UsageError } from "./usage-error.js";

/** What `--get NAME[=FILE]` asks for. */
export interface TensorRequest {
  readonly symbol: ImageSymbol;
  /** Absent: standard output. */
  readonly file?: string;
}

/** Fill symbols of the loaded program, each `NAME=VALUE`. @throws UserError, UsageError */
export async function setTensors(
  target: Target,
  image: Image,
  assignments: readonly string[],
): Promise<void> {
  for (const assignment of assignments) {
    const { name, value } = splitAssignment("set", assignment);
    const symbol = findDataSymbol(image, name);
    const tensor = await readTensorValue(symbol, value);
    await target.writeMemory(symbol.address, encodeSymbol(symbol, tensor, value));
  }
}

/** Check what `--get` asks for, so that a mistake shows before the program runs. */
export function tensorRequests(image: Image, requests: readonly string[]): TensorRequest[] {
  return requests.map((request) => {
    if (!request.includes("=")) return checked(findDataSymbol(image, request));
    const { name, value } = splitAssignment("get", request);
    return checked(findDataSymbol(image, name), value);
  });
}

function checked(symbol: ImageSymbol, file?: string): TensorRequest {
  symbolSize(symbol); // throws when the symbol has no type
  if (file === undefined || file === STANDARD_STREAM) return { symbol };
  if (!/^\.(npy|safetensors)$/.test(extname(file)))
    throw new UsageError(`--get ${symbol.name}=${file}: expected a .npy or .safetensors file`);
  return { symbol, file };
}

/** Read what was asked for from DRAM. */
export async function getTensors(
  target: Target,
  requests: readonly TensorRequest[],
): Promise<Map<TensorRequest, Tensor>> {
  const tensors = new Map<TensorRequest, Tensor>();
  for (const request of requests) {
    const { symbol } = request;
    const bytes = await target.readMemory(symbol.address, symbolSize(symbol));
    tensors.set(request, decodeSymbol(symbol, bytes));
  }
  return tensors;
}

/** Write tensors to their files; those of one safetensors file together. */
export async function writeTensorFiles(tensors: ReadonlyMap<TensorRequest, Tensor>): Promise<void> {
  const bundles = new Map<string, Map<string, Tensor>>();
  for (const [{ symbol, file }, tensor] of tensors) {
    if (file === undefined) continue;
    if (extname(file) === ".npy") await writeBinary(file, writeNpy(tensor));
    else bundles.set(file, (bundles.get(file) ?? new Map()).set(symbol.name, tensor));
  }
  for (const [file, bundle] of bundles) await writeBinary(file, writeSafetensors(bundle));
}

/** Print those that have no file, with their names when there are several. */
export async function printTensors(tensors: ReadonlyMap<TensorRequest, Tensor>): Promise<void> {
  const printed = [...tensors].filter(([{ file }]) => file === undefined);
  for (const [{ symbol }, tensor] of printed) {
    const title = printed.length > 1 ? `${symbol.name}:\n` : "";
    await writeStandardOutput(`${title}${formatTensor(tensor)}\n`);
  }
}
