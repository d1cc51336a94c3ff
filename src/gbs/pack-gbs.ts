import { UserError } from "../diagnostics/diagnostic.js";
import { GBS_MAGIC_BYTES, LENGTH_OFFSET, METADATA_LIMIT, METADATA_OFFSET } from "./format.js";
import { type JsonTree, member, parseJsonTree, withMember } from "./json-tree.js";
import { MAGIC, readMetadata } from "./metadata.js";
import { pythonJson } from "./python-json.js";

export interface PackOptions {
  /** Name of the description, for messages. */
  readonly file: string;
  /** The accelerator's description: JSON, as the hardware's build takes it. */
  readonly description: string;
  /** Values to set in it: the path of keys with slashes in between, and the value's text. */
  readonly set?: readonly (readonly [string, string])[];
}

const FIX = (file: string) => `correct it in ${file}, or set it with --set`;

/**
 * What stands in front of the bitstream in a GBS file, to the byte as the public packager (create-gbs)
 * writes it: keys in the order of the description, the magic number appended where it is missing.
 * @throws UserError when the description breaks a rule of the packager or of the loader
 */
export function gbsHeader({ file, description, set = [] }: PackOptions): Uint8Array {
  let tree = classOfInterface(parseJsonTree(file, description, "expected a description in JSON"));
  for (const [path, text] of set) tree = withPath(tree, path.split("/"), nativeValue(text));
  const image = member(tree, "afu-image");
  if (image?.kind === "object" && !member(image, "magic-no"))
    tree = withPath(tree, ["afu-image", "magic-no"], { kind: "number", text: `${MAGIC}` });
  readMetadata(file, tree, FIX(file));
  checkPackagerRules(file, tree);
  const text = Buffer.from(pythonJson(tree));
  if (text.length >= METADATA_LIMIT)
    throw new UserError(
      `${file}: the metadata have ${text.length} bytes, expected less than ${METADATA_LIMIT}, which is all that the driver takes`,
      "leave out what the loader does not need",
    );
  const header = Buffer.alloc(METADATA_OFFSET);
  header.set(GBS_MAGIC_BYTES);
  header.writeUInt32LE(text.length, LENGTH_OFFSET);
  return Buffer.concat([header, text]);
}

/** The interface's `class` was called `name` once; the packager renames it. */
function classOfInterface(tree: JsonTree): JsonTree {
  const place = ["afu-image", "afu-top-interface"];
  const top = member(member(tree, place[0]!), place[1]!);
  const name = member(top, "name");
  if (top?.kind !== "object" || !name) return tree;
  const entries = top.entries.filter(([key]) => key !== "name");
  return withPath(tree, place, withMember({ kind: "object", entries }, "class", name));
}

/** A tree with a value at a path of keys, which are made where they are missing. */
function withPath(tree: JsonTree, [key, ...rest]: readonly string[], value: JsonTree): JsonTree {
  if (rest.length === 0) return withMember(tree, key!, value);
  const inner = member(tree, key!) ?? { kind: "object", entries: [] };
  return withMember(tree, key!, withPath(inner, rest, value));
}

/** A value of the command line as the packager takes it: an integer, else a number, else a string. */
function nativeValue(text: string): JsonTree {
  if (/^0x[0-9a-f]+$/i.test(text)) return { kind: "number", text: BigInt(text).toString() };
  if (/^-?\d+$/.test(text)) return { kind: "number", text: BigInt(text).toString() };
  if (/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text)))
    return { kind: "number", text: Number(text).toExponential() };
  return { kind: "string", value: text };
}

/** What the packager's schema demands and the loader does not. */
function checkPackagerRules(file: string, tree: JsonTree): void {
  const image = member(tree, "afu-image");
  const top = member(image, "afu-top-interface");
  const wrong =
    member(image, "power")?.kind !== "number"
      ? "afu-image.power is missing, expected the watts that the accelerator takes, 0 if they are not known"
      : top && member(top, "class")?.kind !== "string"
        ? 'afu-image.afu-top-interface.class is no string, expected a class such as "ofs_plat_afu"'
        : undefined;
  if (wrong) throw new UserError(`${file}: metadata: ${wrong}`, FIX(file));
}
