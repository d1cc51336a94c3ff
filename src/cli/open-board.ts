import {
  BoardTarget,
  boardReport,
  FileContentsStore,
  type FpgaLibrary,
  findAccelerator,
  loadLibopae,
} from "../board/index.js";
import { buildSimulatedBoard } from "../board/sim/build.js";
import type { Configuration } from "../isa/spec.js";
import type { DramMode } from "../rtl/dram-modes.js";
import { printDiagnostics } from "./diagnostics.js";
import type { OpenedTarget } from "./open-target.js";
import { Progress } from "./progress.js";

/** What the flags about cards say. */
export interface BoardSettings {
  /** `sim`, `auto` or a PCI address; undefined: auto. */
  readonly board?: string | undefined;
  /** Seconds. */
  readonly timeout?: number | undefined;
  /** Read what is loaded back. */
  readonly verify?: boolean | undefined;
  /** DRAM of a simulated card; undefined: what its environment says. */
  readonly dram?: DramMode | undefined;
  readonly "dram-seed"?: bigint | undefined;
}

/** Simulated clocks take longer than those of a card. */
const SIM_TIMEOUT_S = 120;

/** The environment variable that names another libopae-c than the system's. */
export const LIBRARY_VARIABLE = "TERNAC_OPAE_LIBRARY";

/** What the drivers of cards look for with `--board auto` or an address. */
export function choiceOf({ board = "auto" }: BoardSettings): string {
  return board === "sim" ? "auto" : board;
}

/**
 * The library that reaches the card: libopae-c, or one with a simulated card inside, which is built the
 * first time.
 * @param configuration of the simulated card
 * @throws UserError
 */
export async function openLibrary(
  settings: BoardSettings,
  configuration: Configuration,
  cacheFolder: string,
): Promise<FpgaLibrary> {
  if (settings.board !== "sim") return loadLibopae(process.env[LIBRARY_VARIABLE] || undefined);
  const building = new Progress(`building the simulated card of ${configuration.name}, files`);
  try {
    const path = await buildSimulatedBoard({
      configuration,
      cacheFolder,
      onProgress: (done, total) => building.update(done, total),
    });
    const { dram, "dram-seed": seed } = settings;
    if (dram !== undefined) process.env.TERNAC_SIM_DRAM = dram;
    if (seed !== undefined) process.env.TERNAC_SIM_SEED = String(seed);
    return loadLibopae(path);
  } finally {
    building.finish();
  }
}

/**
 * The accelerator on the card that the flags mean.
 * @throws UserError
 */
export async function openCard(
  configuration: Configuration,
  settings: BoardSettings,
  cacheFolder: string,
): Promise<BoardTarget> {
  const library = await openLibrary(settings, configuration, cacheFolder);
  const loading = new Progress("loading, bytes");
  const timeout = settings.timeout ?? (settings.board === "sim" ? SIM_TIMEOUT_S : undefined);
  return BoardTarget.open(findAccelerator(library, choiceOf(settings)), {
    store: new FileContentsStore(cacheFolder),
    verify: settings.verify,
    ...(timeout !== undefined && { timeoutMs: 1000 * timeout }),
    onLoad: (done, total) => (done < total ? loading.update(done, total) : loading.finish()),
    // On a simulated card the size of pages makes no difference.
    onWarning:
      settings.board === "sim"
        ? () => {}
        : (message) => printDiagnostics([{ severity: "warning", message }]),
  });
}

/** The same as a target for commands that run programs. @throws UserError */
export async function openBoardTarget(
  configuration: Configuration,
  settings: BoardSettings,
  cacheFolder: string,
): Promise<OpenedTarget> {
  const target = await openCard(configuration, settings, cacheFolder);
  return {
    target,
    report: async () => boardReport(target),
    timing: () => undefined,
    close: () => target.close(),
  };
}
