import { UserError } from "../diagnostics/diagnostic.js";
import type { Image, Section } from "../image/image.js";
import { CONFIGURATIONS, ISA, MEMORY } from "../isa/index.js";
import type { Configuration } from "../isa/spec.js";

/** One limit of a configuration beside what an image needs of it. */
interface Limit {
  readonly name: string;
  readonly needed: number;
  readonly available: number;
}

function limits({ requires }: Image, configuration: Configuration): Limit[] {
  return (["vlmax", "dram", "instructions"] as const).map((name) => ({
    name,
    needed: requires[name],
    available: configuration[name],
  }));
}

function lacks(image: Image, configuration: Configuration): string | undefined {
  const short = limits(image, configuration).find((limit) => limit.needed > limit.available);
  if (short)
    return `${short.name} ${short.needed}, but "${configuration.name}" has ${short.available}`;
  const packing = image.requires.packings.find((name) => !configuration.packings.includes(name));
  return packing && `packing ${packing}, but "${configuration.name}" does not have it`;
}

function checkVersion({ isa }: Image): void {
  if (isa.major === ISA.major && isa.minor <= ISA.minor) return;
  throw new UserError(
    `the image was made for ISA version ${isa.major}.${isa.minor}, this machine has ${ISA.major}.${ISA.minor}`,
    isa.major < ISA.major
      ? "assemble or compile it again with this version of ternac"
      : "use a newer version of ternac",
  );
}

function checkSection(section: Section, { dram, instructions }: Configuration): void {
  const { name, kind, address, size, data } = section;
  const [start, end] =
    kind === "code"
      ? [MEMORY.instruction_base, MEMORY.instruction_base + 8 * instructions]
      : [0, dram];
  if (kind !== "zero" && data?.length !== size)
    throw new UserError(`section "${name}" states ${size} bytes but holds ${data?.length ?? 0}`);
  if (!(address >= start && address + size <= end))
    throw new UserError(
      `section "${name}" at 0x${address.toString(16)} with ${size} bytes is outside of ${kind === "code" ? "the instruction memory" : "DRAM"}`,
    );
}

/**
 * The code section of an image that a configuration can run.
 * @throws UserError that names the limit which the configuration lacks, or what is wrong with the image
 */
export function checkImage(image: Image, configuration: Configuration): Section {
  checkVersion(image);
  const lack = lacks(image, configuration);
  if (lack) {
    const fitting = CONFIGURATIONS.filter((other) => !lacks(image, other)).map((c) => c.name);
    throw new UserError(
      `the image needs ${lack}`,
      fitting.length > 0
        ? `use configuration ${fitting.map((name) => `"${name}"`).join(" or ")}`
        : "no configuration is large enough; make the program smaller",
    );
  }
  const loaded = image.sections.filter(({ kind }) => kind !== "metadata");
  for (const section of loaded) checkSection(section, configuration);
  const code = loaded.filter(({ kind }) => kind === "code");
  const [section] = code;
  if (!section || code.length > 1)
    throw new UserError(`the image has ${code.length} code sections, expected one`);
  if (section.address % 8 !== 0 || section.size % 8 !== 0)
    throw new UserError(`section "${section.name}" does not consist of whole instructions`);
  const { entry } = image;
  if (entry % 8 !== 0 || entry < section.address || entry >= section.address + section.size)
    throw new UserError(
      `the image's entry 0x${entry.toString(16)} is no instruction of section "${section.name}"`,
      "define the label _start, or name one with .entry",
    );
  return section;
}
