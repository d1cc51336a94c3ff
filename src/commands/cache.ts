import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../cli/base-command.js";
import { CACHE_LIMIT, ImageCache, imageFolder } from "../cli/image-cache.js";
import { formatProperties } from "../cli/properties.js";
import { prose } from "../cli/prose.js";
import { SIMULATOR_LIMIT, SimulatorCache } from "../rtl/simulator-cache.js";

export default class Cache extends BaseCommand {
  static override summary = "Show or remove the compiled images and the simulators that are kept.";
  static override description =
    prose(`generate and eval keep the image that they compile of a folder, so that the next run starts at once; a
change of any file of the model, or another version of this program, has it compiled again. Above
${CACHE_LIMIT / 2 ** 30} GiB the images that were not used for longest are removed.

--target rtl and --board sim keep the simulators that they build of the core and of the card, ${SIMULATOR_LIMIT} at
most.`);
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --clear",
  ];
  static override enableJsonFlag = true;
  static override flags = {
    clear: Flags.boolean({ description: "remove all of them" }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(Cache);
    const cache = new ImageCache(imageFolder(this.config.cacheDir));
    const images = flags.clear ? cache.clear() : cache.entries();
    const size = bytesOf(images);
    const built = new SimulatorCache(this.config.cacheDir);
    const simulators = flags.clear ? built.clear() : built.entries();
    const what = flags.clear ? " removed" : "";
    this.log(
      formatProperties([
        ["folder", cache.folder],
        [`images${what}`, images.length.toLocaleString("en")],
        ["bytes", size.toLocaleString("en")],
        ["folder of simulators", built.folder],
        [`simulators${what}`, simulators.length.toLocaleString("en")],
        ["bytes", bytesOf(simulators).toLocaleString("en")],
      ]),
    );
    return {
      folder: cache.folder,
      cleared: flags.clear,
      images,
      size,
      simulators: { folder: built.folder, entries: simulators, size: bytesOf(simulators) },
    };
  }
}

function bytesOf(entries: readonly { readonly size: number }[]): number {
  return entries.reduce((sum, { size }) => sum + size, 0);
}
