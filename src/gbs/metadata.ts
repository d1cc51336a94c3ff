/** The metadata of a GBS file: what its reader and its writer demand, and what the loader makes of it. */
import { UserError } from "../diagnostics/diagnostic.js";
import { isInteger, type JsonTree, member } from "./json-tree.js";
import { parseUuid } from "./uuid.js";

/** Versions that old files state and mean 1 with. */
const VERSION_ALIASES = ["640", "650"];

/** `afu-image.magic-no` of every file: 0x1d1f8680. */
export const MAGIC = 488605312;

/** The driver keeps a name in so many bytes, with the zero that ends it, and does not check. */
const NAME_BYTES = 512;

const INT32 = 2 ** 31;

/** An accelerator in a bitstream. */
export interface AcceleratorCluster {
  readonly name: string;
  readonly totalContexts: number;
  /** The accelerator's (AFU's) UUID, in lower case. */
  readonly acceleratorTypeUuid: string;
}

/** What the metadata say. */
export interface GbsMetadata {
  readonly platformName?: string;
  /** UUID of the shell that the bitstream was made for, in lower case. */
  readonly interfaceUuid: string;
  /** MHz of the user clock; absent or 0: not to be set. */
  readonly clockFrequencyHigh?: number;
  readonly clockFrequencyLow?: number;
  /** Watts; absent or 0: not stated. */
  readonly power?: number;
  readonly clusters: readonly [AcceleratorCluster, ...AcceleratorCluster[]];
}

const REPACK = "make the file again, with `ternac gbs pack` or the packager of OPAE";

/** Takes values out of a tree and complains about those that are not what the loader wants. */
class Fields {
  /** @param file named in messages @param help what to do about a wrong field */
  constructor(
    private readonly file: string,
    private readonly help: string,
  ) {}

  fail(path: string, found: JsonTree | undefined, expected: string): never {
    const what = found === undefined ? "is missing" : `is ${shortText(found)}`;
    throw new UserError(`${this.file}: metadata: ${path} ${what}, expected ${expected}`, this.help);
  }

  object(path: string, tree: JsonTree | undefined): JsonTree {
    return tree?.kind === "object" ? tree : this.fail(path, tree, "an object");
  }

  string(path: string, tree: JsonTree | undefined): string {
    return tree?.kind === "string" ? tree.value : this.fail(path, tree, "a string");
  }

  uuid(path: string, tree: JsonTree | undefined): string {
    if (tree?.kind === "string" && parseUuid(tree.value)) return tree.value.toLowerCase();
    return this.fail(path, tree, "a UUID such as 01234567-89ab-cdef-0123-456789abcdef");
  }

  /** The loader reads 32 bits, and takes 1.0 for no integer. */
  integer(path: string, tree: JsonTree | undefined): number {
    const value = isInteger(tree) ? Number(tree.text) : Number.NaN;
    if (value >= -INT32 && value < INT32) return value;
    return this.fail(path, tree, "an integer of 32 bits, without a decimal point");
  }

  /** A number that may be missing. */
  number(path: string, tree: JsonTree | undefined): number | undefined {
    if (tree === undefined) return undefined;
    const value = tree.kind === "number" ? Number(tree.text) : Number.NaN;
    return Number.isFinite(value) ? value : this.fail(path, tree, "a number");
  }

  clock(path: string, tree: JsonTree | undefined): number | undefined {
    if (tree?.kind === "string" && tree.value.startsWith("auto"))
      this.fail(path, tree, "the frequency that was reached, a number of MHz");
    const value = this.number(path, tree);
    if (value !== undefined && value < 0) this.fail(path, tree, "a frequency in MHz from 0 on");
    return value;
  }
}

function shortText(tree: JsonTree): string {
  if (tree.kind === "object" || tree.kind === "array") return `an ${tree.kind}`;
  const text = tree.kind === "number" ? tree.text : JSON.stringify(tree.value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/**
 * What metadata say, by the rules of the loader (libbitstream and libxfpga of OPAE). Stricter in three
 * points, where the loader goes on with something that nobody meant: a clock that is still "auto" is not set,
 * a name of 512 bytes or more overwrites what follows it, an accelerator's UUID is not looked at.
 * @param file named in messages
 * @throws UserError that names the field, what it holds and what was expected
 */
export function readMetadata(file: string, tree: JsonTree, help = REPACK): GbsMetadata {
  const fields = new Fields(file, help);
  fields.object("the whole", tree);
  const version = member(tree, "version");
  if (!isInteger(version) || !["1", ...VERSION_ALIASES].includes(version.text))
    fields.fail("version", version, "the integer 1");
  const image = fields.object("afu-image", member(tree, "afu-image"));
  const at = (key: string) => [`afu-image.${key}`, member(image, key)] as const;
  const magic = member(image, "magic-no");
  if (!isInteger(magic) || Number(magic.text) !== MAGIC)
    fields.fail("afu-image.magic-no", magic, `${MAGIC}`);
  const platform = member(tree, "platform-name");
  const high = fields.clock(...at("clock-frequency-high"));
  const low = fields.clock(...at("clock-frequency-low"));
  const power = fields.number(...at("power"));
  return {
    ...(platform && { platformName: fields.string("platform-name", platform) }),
    interfaceUuid: fields.uuid(...at("interface-uuid")),
    ...(high !== undefined && { clockFrequencyHigh: high }),
    ...(low !== undefined && { clockFrequencyLow: low }),
    ...(power !== undefined && { power }),
    clusters: readClusters(fields, member(image, "accelerator-clusters")),
  };
}

function readClusters(fields: Fields, tree: JsonTree | undefined): GbsMetadata["clusters"] {
  const path = "afu-image.accelerator-clusters";
  if (tree?.kind !== "array") fields.fail(path, tree, "a list of accelerators");
  const [first, ...others] = tree.items.map((item, i) =>
    readCluster(fields, `${path}[${i}]`, item),
  );
  if (!first) fields.fail(path, tree, "one accelerator at least");
  return [first, ...others];
}

function readCluster(fields: Fields, path: string, tree: JsonTree): AcceleratorCluster {
  fields.object(path, tree);
  const at = (key: string) => [`${path}.${key}`, member(tree, key)] as const;
  const name = fields.string(...at("name"));
  if (Buffer.byteLength(name) >= NAME_BYTES)
    fields.fail(...at("name"), `a name of less than ${NAME_BYTES} bytes`);
  return {
    name,
    totalContexts: fields.integer(...at("total-contexts")),
    acceleratorTypeUuid: fields.uuid(...at("accelerator-type-uuid")),
  };
}
