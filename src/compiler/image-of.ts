import type { Image } from "../image/image.js";
import type { Configuration } from "../isa/spec.js";

export function imageOf(
  file: string,
  assembly: string,
  files: ReadonlyMap<string, Uint8Array>,
  configuration: Configuration,
): Image {
  throw new Error("pending " + file + assembly + files + configuration);
}
