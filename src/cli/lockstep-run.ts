import type { HostPlan } from "../fuzz/index.js";
import type { Image } from "../image/image.js";
import type { Configuration } from "../isa/spec.js";
import type { LockstepResult } from "../lockstep/index.js";
import type { DramMode } from "../rtl/dram-modes.js";
import { configurationFor } from "./configuration-for.js";
import type { AssemblySettings, EmulatorSettings, ModelSettings } from "./flags.js";
import { loadProgram } from "./load-program.js";
import { type Caching, isFolder, openModel } from "./open-model.js";
import type { TargetPlaces } from "./open-target.js";
import { Progress } from "./progress.js";
import { setTensors } from "./run-tensors.js";
import { UsageError } from "./usage-error.js";

/** What the flags of `lockstep` say. */
export interface LockstepSettings extends AssemblySettings, EmulatorSettings, ModelSettings {
  readonly config?: Configuration | undefined;
  readonly tokens?: number | undefined;
  readonly input: readonly bigint[];
  readonly "close-input": boolean;
  readonly set?: readonly string[] | undefined;
  readonly dram?: DramMode | undefined;
  readonly "dram-seed"?: bigint | undefined;
  readonly wave?: string | undefined;
}

/** Clocks of a wave before and after a difference. */
const WAVE_BEFORE = 2000;
const WAVE_AFTER = 200;

/** Everything at once, so that nothing stops the core but the program. */
const EAGER = { burst: 2 ** 20, slices: [Number.MAX_SAFE_INTEGER], takeEvery: 1 } as const;

/** A checkpoint's folder, an image of a model, or a program; and what the host does with it. */
async function openProgram(
  path: string,
  settings: LockstepSettings,
  caching: Caching | undefined,
): Promise<{ image: Image; plan: HostPlan; isModel: boolean }> {
  const { modelDescription } = await import("../session/index.js");
  const folder = isFolder(path);
  const image = folder
    ? (await openModel(path, settings, caching)).image
    : await loadProgram(path, settings);
  const description = modelDescription(image);
  if (!description) {
    if (settings.tokens !== undefined)
      throw new UsageError(`--tokens is about models, and ${path} is none`);
    return {
      image,
      plan: { ...EAGER, input: settings.input, close: settings["close-input"] },
      isModel: false,
    };
  }
  if (settings.input.length > 0)
    throw new UsageError("--input is about programs; a model is fed by --tokens");
  const { encodeEntry, HALT_ENTRY } = await import("../session/index.js");
  const token = Number(description.config.bos_token_id ?? 0);
  const entry = encodeEntry({ token, count: settings.tokens ?? 1, reset: true });
  return { image, plan: { ...EAGER, input: [entry, HALT_ENTRY], close: false }, isModel: true };
}

/** A comparison, and what it was of. */
export interface LockstepRun extends LockstepResult {
  readonly configuration: string;
  /** Whether a model was run. */
  readonly isModel: boolean;
  /** The waves around the difference, if they were asked for and there is one. */
  readonly wave?: string;
}

/**
 * Run a program or a model on the emulator and the simulated core, and compare them.
 * @throws UserError, UsageError, DiagnosticsError; not for a difference
 */
export async function runInLockstep(
  path: string,
  settings: LockstepSettings,
  { cacheFolder }: TargetPlaces,
  caching: Caching | undefined,
): Promise<LockstepRun> {
  const { image, plan, isModel } = await openProgram(path, settings, caching);
  const configuration = configurationFor(image, settings.config);
  const { Emulator } = await import("../emulator/index.js");
  const { RtlTarget } = await import("../rtl/index.js");
  const { runLockstep } = await import("../lockstep/index.js");
  const { kernel, threads } = settings;
  const building = new Progress(`building the simulator of ${configuration.name}, files`);
  const simulating = new Progress("simulating, clocks");
  const open = async (traced: boolean) => {
    try {
      return await RtlTarget.open({
        configuration,
        cacheFolder,
        dram: settings.dram,
        seed: settings["dram-seed"],
        queues: "exact",
        traced,
        onBuild: (done, total) => building.update(done, total),
        onProgress: (clocks) => simulating.update(clocks),
      });
    } finally {
      building.finish();
    }
  };
  const emulator = new Emulator({ configuration, kernel, threads });
  const core = await open(false);
  try {
    const prepare = (target: Parameters<typeof setTensors>[0]) =>
      setTensors(target, image, settings.set ?? []);
    const result = await runLockstep({ image, emulator, core, plan, prepare });
    const clock = result.difference?.clock;
    const { wave } = settings;
    if (wave !== undefined && clock !== undefined) {
      const traced = await open(true);
      try {
        await traced.setWave(wave, Math.max(0, clock - WAVE_BEFORE), clock + WAVE_AFTER);
        await runLockstep({ image, emulator, core: traced, plan, prepare, locate: false });
      } finally {
        await traced.close();
      }
      return { ...result, configuration: configuration.name, isModel, wave };
    }
    return { ...result, configuration: configuration.name, isModel };
  } finally {
    simulating.finish();
    await core.close();
    await emulator.close();
  }
}
