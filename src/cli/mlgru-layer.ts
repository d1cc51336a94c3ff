import type { GivenMatrix, MlgruLayer } from "../compiler/index.js";
import { UserError } from "../diagnostics/diagnostic.js";
import { readSafetensors, type Tensor } from "../tensors/index.js";
import { UsageError } from "./usage-error.js";

/** Wider ones are a slip of the finger: no configuration has such vectors. */
const LARGEST_WIDTH = 65536;

/**
 * The layer that `--mlgru` asks for: `512` or `512x1024` (width and state width) has random weights;
 * a safetensors file gives `w_f`, `w_c`, `w_g` [state width, width] and `w_o` [width, state width]
 * as trits (I8), and optionally `scale_f`, `scale_c`, ... (one number each; 1 when absent).
 * @throws UsageError, UserError
 */
export async function mlgruLayer(value: string, seed: number): Promise<MlgruLayer> {
  if (value.endsWith(".safetensors")) return givenLayer(value);
  const [width, stateWidth = width] = value.split("x").map(Number);
  const valid = (n: number | undefined) => Number.isInteger(n) && n! >= 1 && n! <= LARGEST_WIDTH;
  if (!/^\d+(x\d+)?$/.test(value) || !valid(width) || !valid(stateWidth))
    throw new UsageError(
      `--mlgru ${value}: expected a width such as 512, widths such as 512x1024, or a .safetensors file`,
    );
  const { randomMlgru } = await import("../compiler/index.js");
  return randomMlgru(width!, stateWidth!, seed);
}

async function givenLayer(file: string): Promise<MlgruLayer> {
  const tensors = await readSafetensors(file);
  const f = matrix(file, tensors, "f");
  const [stateWidth, width] = f.shape;
  const same = (letter: string, rows: number, columns: number) => {
    const other = matrix(file, tensors, letter);
    if (other.shape[0] === rows && other.shape[1] === columns) return other.given;
    throw new UserError(
      `${file}: w_${letter} has shape [${other.shape.join(", ")}]; with w_f [${f.shape.join(", ")}] it must be [${rows}, ${columns}]`,
    );
  };
  return {
    width,
    stateWidth,
    f: f.given,
    c: same("c", stateWidth, width),
    g: same("g", stateWidth, width),
    o: same("o", width, stateWidth),
  };
}

function matrix(
  file: string,
  tensors: ReadonlyMap<string, Tensor>,
  letter: string,
): { shape: readonly [number, number]; given: GivenMatrix } {
  const tensor = tensors.get(`w_${letter}`);
  if (!tensor) throw new UserError(`${file} has no tensor "w_${letter}"`, "see compile --help");
  const [rows, columns, ...more] = tensor.shape;
  if (tensor.type !== "I8" || rows === undefined || columns === undefined || more.length > 0)
    throw new UserError(
      `${file}: w_${letter} is ${tensor.type} [${tensor.shape.join(", ")}]; expected a matrix of I8 with values -1, 0 and 1`,
    );
  const scale = tensors.get(`scale_${letter}`)?.data[0] ?? 1;
  return {
    shape: [rows, columns],
    given: { trits: tensor.data as Int8Array, scale: Math.fround(Number(scale)) },
  };
}
