import { CycleModel } from "../cycle-model/index.js";
import { Emulator } from "../emulator/index.js";
import type { Image } from "../image/image.js";
import type { Configuration } from "../isa/spec.js";
import { Session } from "./session.js";

/**
 * Clocks that a compiled model takes for a token whose logits are computed, by the cycle model. Nothing
 * is computed, so the image's weights need not be there.
 * @throws UserError when the configuration cannot run the image
 */
export async function tokenClocks(image: Image, configuration: Configuration): Promise<number> {
  const emulator = new Emulator({ configuration, skipVectors: true });
  const session = await Session.open(emulator, image);
  const model = new CycleModel(configuration);
  emulator.attach(model);
  const step = async () => {
    await session.feedAll([{ token: 0, count: 1 }]);
    return model.report().clocks;
  };
  // The second one, which finds the DRAM as a token leaves it.
  const first = await step();
  return (await step()) - first;
}
