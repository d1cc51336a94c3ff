import { UserError } from "../diagnostics/diagnostic.js";
import { codeSection, imageProblem } from "../image/check.js";
import type { Image, Section } from "../image/image.js";
import { CONFIGURATIONS, ISA } from "../isa/index.js";
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

/**
 * The code section of an image that a configuration can run.
 * @throws UserError that names the limit which the configuration lacks, or what is wrong with the image
 */
export function checkImage(
  image: Image,
  configuration: Configuration,
): Section & { readonly data: Uint8Array } {
  checkVersion(image);
  const problem = imageProblem(image);
  if (problem) throw new UserError(`${problem.place} of the image: ${problem.message}`);
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
  const code = codeSection(image);
  if (!code?.data?.length)
    throw new UserError("the image holds no instructions", "put some into section .text");
  return { ...code, data: code.data };
}
