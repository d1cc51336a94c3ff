import { checkBitstream, flashGbs } from "../board/index.js";
import { UserError } from "../diagnostics/diagnostic.js";
import { GBS_MAGIC_BYTES } from "../gbs/format.js";
import type { Image } from "../image/image.js";
import { libraryOf } from "./boards.js";
import { configurationFor } from "./configuration-for.js";
import type { BoardFlags } from "./flags.js";
import { formatGbs, jsonGbs } from "./gbs.js";
import { displayName, isElf, readBinary } from "./input.js";
import { choiceOf, openCard } from "./open-board.js";
import { Progress } from "./progress.js";
import { formatProperties } from "./properties.js";
import { formatLoad } from "./simulation.js";

/** What the flags of `flash` say. */
export interface FlashSettings extends BoardFlags {
  readonly "dry-run": boolean;
  readonly verify: boolean;
}

/** What was done: for people, and for --json. */
export interface Flashed {
  readonly text: string;
  readonly json: object;
}

/** Milliseconds that a card may take to come back after it was programmed. */
const COME_BACK_MS = 10_000;

/** Put a file, a bitstream or an image, onto a card. @throws UserError */
export async function flashFile(
  path: string,
  settings: FlashSettings,
  cacheFolder: string,
): Promise<Flashed> {
  const bytes = await readBinary(path);
  const file = displayName(path);
  if (!isElf(bytes)) {
    if (!GBS_MAGIC_BYTES.every((byte, i) => bytes[i] === byte))
      throw new UserError(
        `${file} is neither a GBS file nor an image: it begins with neither's mark`,
        "give a bitstream of `ternac gbs pack` or of OPAE's packager, or an image of `ternac compile` or `ternac asm`",
      );
    return flashBitstream(file, bytes, settings, cacheFolder);
  }
  const { readElf } = await import("../image/index.js");
  return flashImage(readElf(file, bytes), settings, cacheFolder);
}

async function flashBitstream(
  file: string,
  bytes: Uint8Array,
  settings: FlashSettings,
  cacheFolder: string,
): Promise<Flashed> {
  const { readGbs } = await import("../gbs/index.js");
  const gbs = readGbs(file, bytes);
  checkBitstream(file, gbs);
  const library = await libraryOf(settings, cacheFolder);
  const dryRun = settings["dry-run"];
  const report = await flashGbs(library, gbs, bytes, {
    file,
    choice: choiceOf(settings),
    dryRun,
    timeoutMs: settings.timeout === undefined ? COME_BACK_MS : 1000 * settings.timeout,
    onStep: showStep,
  });
  const { accelerator, card, seconds } = report;
  const text = [
    formatGbs(gbs),
    "",
    formatProperties([
      ["card", card],
      ...(accelerator ? [["configuration", accelerator.configuration] as const] : []),
      [
        "done",
        dryRun ? "everything fits; nothing was changed" : `programmed in ${seconds.toFixed(1)} s`,
      ],
    ]),
  ].join("\n");
  return { text, json: { kind: "bitstream", dryRun, ...report, file: jsonGbs(gbs) } };
}

/** Programming takes seconds in which nothing can be counted. */
function showStep(step: string): void {
  if (process.stderr.isTTY) console.error(step);
}

async function flashImage(
  image: Image,
  settings: FlashSettings,
  cacheFolder: string,
): Promise<Flashed> {
  const configuration = configurationFor(image, settings.config);
  const progress = new Progress("loading, bytes");
  const target = await openCard(configuration, settings, cacheFolder);
  try {
    const dryRun = settings["dry-run"];
    const load = dryRun ? await target.planLoad(image) : await loaded();
    const text = dryRun
      ? `would load ${load.bytesMoved.toLocaleString("en")} bytes (${load.blocks - load.blocksKept} of ${load.blocks} blocks)`
      : formatLoad(load);
    return {
      text,
      json: { kind: "image", dryRun, configuration: target.configuration.name, ...load },
    };
  } finally {
    progress.finish();
    await target.close();
  }

  async function loaded() {
    await target.load(image);
    return target.loadReport!;
  }
}
