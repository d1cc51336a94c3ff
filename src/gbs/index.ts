export { GBS_UUID, METADATA_LIMIT } from "./format.js";
export { plainValue } from "./json-tree.js";
export { type AcceleratorCluster, type GbsMetadata, MAGIC } from "./metadata.js";
export { gbsHeader, type PackOptions } from "./pack-gbs.js";
export { type Gbs, readGbs } from "./read-gbs.js";
export { formatUuid, parseUuid, UUID_BYTES, uuidOfWords } from "./uuid.js";
