import type { BoardReport } from "../board/index.js";
import type { CycleReport } from "../cycle-model/index.js";
import type { Configuration } from "../isa/spec.js";
import type { RtlReport, RtlTarget } from "../rtl/index.js";
import type { Target } from "../target/target.js";
import { TARGET_NAMES, type TargetName, type TargetSettings } from "./flags.js";
import { Progress } from "./progress.js";
import { UsageError } from "./usage-error.js";

/** Where a target gets what it needs of the user's machine. */
export interface TargetPlaces {
  /** The user's cache folder. */
  readonly cacheFolder: string;
}

export interface OpenedTarget {
  readonly target: Target;
  /** What ran on the simulated core, or on the card, amounted to; undefined on the emulator. */
  report(): Promise<RtlReport | BoardReport | undefined>;
  /** What the cycle model predicts; undefined when it was not asked for. */
  timing(): CycleReport | undefined;
  /** To be called at the end, whatever happened: waves are complete then. */
  close(): Promise<void>;
}

/** Flags that only one target understands. */
const FLAGS_OF = {
  emulator: ["kernel", "threads", "timing"],
  rtl: ["wave", "wave-window"],
  board: ["board", "timeout"],
} as const satisfies Record<TargetName, readonly (keyof TargetSettings)[]>;
/** Flags of what is simulated: the core, and a card with it. */
const SIMULATION_FLAGS = ["dram", "dram-seed"] as const;

/** @throws UsageError when a flag belongs to another target, or a wave's window is malformed */
export function checkTargetSettings(settings: TargetSettings): void {
  const { target } = settings;
  const set = (flag: keyof TargetSettings) =>
    settings[flag] !== undefined && settings[flag] !== false;
  for (const name of TARGET_NAMES) {
    if (name === target) continue;
    const wrong = FLAGS_OF[name].find(set);
    if (wrong)
      throw new UsageError(`--${wrong} is of --target ${name}`, remedy(wrong, name, target));
  }
  checkSimulationFlags(settings, SIMULATION_FLAGS.find(set));
  if (settings["wave-window"] !== undefined && settings.wave === undefined)
    throw new UsageError("--wave-window needs a file to write", "add --wave FILE");
  waveWindow(settings["wave-window"]);
}

function checkSimulationFlags({ target, board }: TargetSettings, flag: string | undefined): void {
  if (!flag || target === "rtl" || (target === "board" && board === "sim")) return;
  if (target === "board")
    throw new UsageError(
      `--${flag} is of simulated DRAM, and a card has its own`,
      `leave --${flag} out, or simulate the card: --board sim`,
    );
  throw new UsageError(`--${flag} is of --target rtl and --board sim`, "add --target rtl");
}

function remedy(flag: string, of: TargetName, target: TargetName): string {
  if (flag === "timing") return "--stats states the clocks that it took";
  return target === "emulator" ? `add --target ${of}` : `leave --${flag} out`;
}

/** `FROM:TO`, in clocks; either may be left out. */
export function waveWindow(text = ":"): { from: number; to: number } {
  const match = /^(\d*):(\d*)$/.exec(text);
  const from = Number(match?.[1] || 0);
  const to = match?.[2] ? Number(match[2]) : Number.MAX_SAFE_INTEGER;
  if (!match || from >= to)
    throw new UsageError(
      `--wave-window "${text}" is no range of clocks`,
      "write FROM:TO, such as 1000:2000; the last clock is TO - 1",
    );
  return { from, to };
}

/**
 * The machine that the flags ask for, ready to load an image. On a terminal standard error shows a
 * simulator that is being built.
 * @param shown whether simulated clocks are shown, too: not where text is being written
 * @throws UserError, UsageError
 */
export async function openTarget(
  configuration: Configuration,
  settings: TargetSettings,
  { cacheFolder }: TargetPlaces,
  shown = true,
): Promise<OpenedTarget> {
  checkTargetSettings(settings);
  if (settings.target === "rtl") return openRtl(configuration, settings, cacheFolder, shown);
  if (settings.target === "board") {
    const { openBoardTarget } = await import("./open-board.js");
    return openBoardTarget(configuration, settings, cacheFolder);
  }
  const { Emulator } = await import("../emulator/index.js");
  const { kernel, threads } = settings;
  const target = new Emulator({ configuration, kernel, threads });
  const model = settings.timing ? await cycleModel(configuration) : undefined;
  if (model) target.attach(model);
  return {
    target,
    report: async () => undefined,
    timing: () => model?.report(),
    close: () => target.close(),
  };
}

async function cycleModel(configuration: Configuration) {
  const { CycleModel } = await import("../cycle-model/index.js");
  return new CycleModel(configuration);
}

async function openRtl(
  configuration: Configuration,
  settings: TargetSettings,
  cacheFolder: string,
  shown: boolean,
): Promise<OpenedTarget> {
  const { RtlTarget, rtlReport } = await import("../rtl/index.js");
  const { dram, wave } = settings;
  const building = new Progress(`building the simulator of ${configuration.name}, files`);
  const simulating = new Progress("simulating, clocks");
  let target: RtlTarget;
  try {
    target = await RtlTarget.open({
      configuration,
      cacheFolder,
      dram,
      seed: settings["dram-seed"],
      traced: wave !== undefined,
      onBuild: (done, total) => building.update(done, total),
      ...(shown && { onProgress: (clocks: number) => simulating.update(clocks) }),
    });
  } finally {
    building.finish();
  }
  if (wave !== undefined) {
    const { from, to } = waveWindow(settings["wave-window"]);
    await target.setWave(wave, from, to);
  }
  return {
    target,
    report: () => rtlReport(target),
    timing: () => undefined,
    async close() {
      simulating.finish();
      await target.close();
    },
  };
}
