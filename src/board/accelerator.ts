import { UserError } from "../diagnostics/diagnostic.js";
import { uuidOfWords } from "../gbs/index.js";
import { findConfiguration, ISA, PACKINGS } from "../isa/index.js";
import type { Configuration } from "../isa/spec.js";
import { ACCELERATOR_UUID, FEATURE_HEADER, MAP_VERSION } from "./generated.js";
import { GoneError } from "./gone.js";
import type { FpgaHandle, FpgaResource } from "./library.js";
import { fieldsOf, isGone, type RegisterName, Registers } from "./registers.js";

/** What an accelerator says of itself. */
export interface AcceleratorDescription {
  readonly uuid: string;
  readonly mapVersion: { readonly major: number; readonly minor: number };
  readonly isa: { readonly major: number; readonly minor: number };
  /** Name of the hardware configuration. */
  readonly configuration: string;
  readonly vlmax: number;
  readonly dramBytes: number;
  readonly instructions: number;
  readonly queueEntries: number;
  readonly packings: readonly string[];
  readonly channels: number;
  readonly lanes: number;
}

const FLASH = "program the card: ternac flash FILE.gbs";

/** Read what an accelerator says of itself. @throws UserError when it is none of Ternac, or does not answer */
export function describeAccelerator(handle: FpgaHandle): AcceleratorDescription {
  const registers = new Registers(handle);
  const read = (name: RegisterName) => {
    const word = registers.read(name);
    if (isGone(word)) throw new GoneError("its accelerator was asked what it is", word);
    return word;
  };
  const readNumber = (name: RegisterName) => Number(read(name));
  const header = read("feature_header");
  const uuid = uuidOfWords(read("uuid_low"), read("uuid_high"));
  if (header !== FEATURE_HEADER || uuid !== ACCELERATOR_UUID)
    throw new UserError(
      `the card holds another accelerator: header 0x${header.toString(16)} and UUID ${uuid}, expected 0x${FEATURE_HEADER.toString(16)} and ${ACCELERATOR_UUID}`,
      FLASH,
    );
  const version = fieldsOf("version", read("version"));
  const mapVersion = { major: version.map_major, minor: version.map_minor };
  // A newer minor version only adds to the map.
  if (mapVersion.major !== MAP_VERSION.major || mapVersion.minor < MAP_VERSION.minor)
    throw new UserError(
      `the accelerator has version ${mapVersion.major}.${mapVersion.minor} of the register map, this program needs ${MAP_VERSION.major}.${MAP_VERSION.minor}`,
      mapVersion.major > MAP_VERSION.major ? "use a newer version of ternac" : FLASH,
    );
  const name = read("configuration_name");
  const packings = readNumber("packings");
  return {
    uuid,
    mapVersion,
    isa: { major: version.isa_major, minor: version.isa_minor },
    configuration: asciiName(name),
    vlmax: readNumber("vlmax"),
    dramBytes: readNumber("dram_bytes"),
    instructions: readNumber("instructions"),
    queueEntries: readNumber("queue_entries"),
    packings: Object.keys(PACKINGS).filter((_, i) => (packings >> i) & 1),
    channels: readNumber("channels"),
    lanes: readNumber("lanes"),
  };
}

/** Up to eight characters, the first one in the lowest byte. */
function asciiName(word: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(word);
  return bytes.toString("latin1").replace(/\0.*$/s, "");
}

/**
 * The configuration that an accelerator was built with: the one of this program of the same name, with what
 * the hardware says of its limits.
 * @throws UserError when it is for another instruction set, or this program does not know the configuration
 */
export function hardwareConfiguration(description: AcceleratorDescription): Configuration {
  const { isa, configuration: name } = description;
  if (isa.major !== ISA.major || isa.minor < ISA.minor)
    throw new UserError(
      `the accelerator has version ${isa.major}.${isa.minor} of the instruction set, this program needs ${ISA.major}.${ISA.minor}`,
      isa.major > ISA.major ? "use a newer version of ternac" : FLASH,
    );
  const known = findConfiguration(name);
  if (!known)
    throw new UserError(
      `the accelerator has configuration "${name}", which this version does not know`,
      FLASH,
    );
  const { vlmax, dramBytes, instructions, queueEntries, packings } = description;
  return { ...known, vlmax, dram: dramBytes, instructions, queue: queueEntries, packings };
}

/** Whether an enumerated accelerator is one of Ternac. */
export function isTernac({ kind, uuid }: FpgaResource): boolean {
  return kind === "accelerator" && uuid === ACCELERATOR_UUID;
}
