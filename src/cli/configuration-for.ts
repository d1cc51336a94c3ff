import { UserError } from "../diagnostics/diagnostic.js";
import type { Image } from "../image/image.js";
import { CONFIGURATIONS, type Configuration, findConfiguration } from "../isa/index.js";

/**
 * The configuration of the machine that runs an image: what the user asks for, else what the image
 * was built for.
 * @throws UserError when the image names none that this version knows
 */
export function configurationFor(image: Image, asked: Configuration | undefined): Configuration {
  const found = asked ?? findConfiguration(image.configuration);
  if (found) return found;
  throw new UserError(
    `the image was built for configuration "${image.configuration}", which this version does not know`,
    `choose one with --config: ${CONFIGURATIONS.map(({ name }) => name).join(", ")}`,
  );
}
