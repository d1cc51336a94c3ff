import { UserError } from "../diagnostics/diagnostic.js";
import { type ByteSource, openFile } from "./byte-source.js";
import { ELEMENT_BYTES, isWeightType, WEIGHT_TYPES } from "./element-type.js";
import { decodeElements, decodeWeights, type Tensor } from "./elements.js";
import {
  headerLength,
  LENGTH_BYTES,
  parseHeader,
  type SafetensorsHeader,
  type TensorEntry,
} from "./safetensors-header.js";
import { shown } from "./strict-json.js";

/** A safetensors file whose header was checked; tensors are read from it one by one. */
export class SafetensorsFile {
  private constructor(
    private readonly source: ByteSource,
    private readonly header: SafetensorsHeader,
    private readonly dataStart: number,
  ) {}

  /** @throws UserError when the file cannot be read or its header is wrong */
  static async open(path: string): Promise<SafetensorsFile> {
    return SafetensorsFile.from(await openFile(path));
  }

  /** The file that `source` holds; it is closed with the file, or at once when it is wrong. */
  static async from(source: ByteSource): Promise<SafetensorsFile> {
    try {
      const prefix = new Uint8Array(Math.min(LENGTH_BYTES, source.size));
      await source.read(0, prefix);
      const length = headerLength(source.name, prefix, source.size);
      const bytes = new Uint8Array(length);
      await source.read(LENGTH_BYTES, bytes);
      const start = LENGTH_BYTES + length;
      return new SafetensorsFile(
        source,
        parseHeader(source.name, bytes, source.size - start),
        start,
      );
    } catch (error) {
      await source.close();
      throw error;
    }
  }

  get path(): string {
    return this.source.name;
  }

  get tensors(): ReadonlyMap<string, TensorEntry> {
    return this.header.tensors;
  }

  get metadata(): Readonly<Record<string, string>> {
    return this.header.metadata;
  }

  /** A whole tensor. */
  async read(name: string): Promise<Tensor> {
    const entry = this.entry(name);
    const bytes = new Uint8Array(entry.end - entry.begin);
    await this.source.read(this.dataStart + entry.begin, bytes);
    return { type: entry.type, shape: entry.shape, data: decodeElements(entry.type, bytes) };
  }

  /**
   * Part of a tensor of weights.
   * @param start first element, row-major
   * @param out takes `out.length` elements
   * @param decode does what `decodeWeights` does
   */
  async readWeights(
    name: string,
    start: number,
    out: Float32Array,
    decode = decodeWeights,
  ): Promise<void> {
    const entry = this.entry(name);
    if (!isWeightType(entry.type)) {
      throw new UserError(
        `${this.path}: tensor ${shown(name)} has type ${entry.type}; expected ${WEIGHT_TYPES.join(", ")}`,
        "convert the checkpoint to one of these types",
      );
    }
    const size = ELEMENT_BYTES[entry.type];
    const begin = entry.begin + start * size;
    if (begin + out.length * size > entry.end) throw new RangeError(`read beyond ${name}`);
    // Narrow elements at the end of `out`, from where each is read before it is overwritten.
    const length = out.length * size;
    const bytes = new Uint8Array(out.buffer, out.byteOffset + out.byteLength - length, length);
    await this.source.read(this.dataStart + begin, bytes);
    if (entry.type !== "F32") decode(entry.type, bytes, out);
  }

  close(): Promise<void> {
    return this.source.close();
  }

  private entry(name: string): TensorEntry {
    const entry = this.tensors.get(name);
    if (entry) return entry;
    throw new UserError(
      `${this.path} has no tensor ${shown(name)}`,
      `it has ${this.tensors.size} tensors: ${shown([...this.tensors.keys()])}`,
    );
  }
}

/** All tensors of a small file, such as a golden or a program's inputs. */
export async function readSafetensors(path: string): Promise<Map<string, Tensor>> {
  const file = await SafetensorsFile.open(path);
  try {
    const tensors = new Map<string, Tensor>();
    for (const name of file.tensors.keys()) tensors.set(name, await file.read(name));
    return tensors;
  } finally {
    await file.close();
  }
}
