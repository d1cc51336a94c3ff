import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { measureNode, measureTernac, type ProcessUsage, ROOT } from "./measured-process.js";

/** One thing that is measured, in a process of its own each time. */
export interface Step {
  readonly group: string;
  readonly name: string;
  /** Bytes that it has to read, for a rate. */
  readonly bytes?: number;
  /** The step gives tokens/s itself: `--json` has them. */
  readonly tokens?: boolean;
  run(): Promise<ProcessUsage>;
}

export interface Plan {
  /** Sizes of synthetic models, such as `370m`. */
  readonly sizes: readonly string[];
  /** Folder that everything is written to. */
  readonly folder: string;
}

/** A file's times must be this old before its image is kept (docs/decisions/0013-image-cache.md). */
const SETTLING_MS = 3000;
const READ_FILE = fileURLToPath(new URL("./read-file.mjs", import.meta.url));
const READ_AND_WRITE = fileURLToPath(new URL("./read-and-write.mjs", import.meta.url));

/** How many threads `generate` can be told to use; none when it has no such flag. */
function threadFlags(): [string, string[]][] {
  const manifest = JSON.parse(readFileSync(join(ROOT, "oclif.manifest.json"), "utf8"));
  if (!manifest.commands.generate.flags.threads) return [["", []]];
  return [
    [", 1 thread", ["--threads", "1"]],
    [", all threads", []],
  ];
}

/** Write what the steps need. @returns the steps, in the order in which a round runs them */
export async function prepareSteps({ sizes, folder }: Plan): Promise<Step[]> {
  const steps: Step[] = [
    {
      group: "start-up",
      name: "node, doing nothing",
      run: () => measureNode(folder, ["-e", ""]),
    },
    {
      group: "start-up",
      name: "ternac --version",
      run: () => measureTernac(folder, ["--version"]),
    },
    {
      group: "start-up",
      name: "ternac isa --json",
      run: () => measureTernac(folder, ["isa", "--json"]),
    },
  ];
  for (const name of ["shakespeare", "layer512"]) {
    const model = join(ROOT, "models", name);
    const image = join(folder, `${name}.elf`);
    steps.push(
      loading(`compile ${name}`, join(model, "model.safetensors"), () =>
        measureTernac(folder, ["compile", model, "-o", image]),
      ),
      ...generation(folder, name, image, ["--prompt", "ROMEO:", "--tokens", "500"]),
    );
  }
  for (const size of sizes) steps.push(...(await syntheticSteps(folder, size)));
  return steps;
}

async function syntheticSteps(folder: string, size: string): Promise<Step[]> {
  const model = join(folder, size);
  const weights = join(model, "model.safetensors");
  const image = join(folder, `${size}.elf`);
  await measureTernac(folder, ["synth", size, "--weights", "f32", "-o", model]);
  await measureTernac(folder, ["compile", model, "-o", image]);
  await wait(SETTLING_MS);
  const first = ["generate", model, "--ids", "--prompt", "5", "--tokens", "1"];
  return [
    loading(`read the ${size} checkpoint, nothing else`, weights, () =>
      measureNode(folder, [READ_FILE, weights]),
    ),
    loading(`read it and write as much as the ${size} image, nothing else`, weights, () =>
      measureNode(folder, [READ_AND_WRITE, weights, image, join(folder, "copy")]),
    ),
    loading(`compile ${size}`, weights, () =>
      measureTernac(folder, ["compile", model, "-o", image]),
    ),
    loading(`read the ${size} image, nothing else`, image, () =>
      measureNode(folder, [READ_FILE, image]),
    ),
    loading(`${size} to its first token, compiled`, weights, () => {
      rmSync(join(folder, "cache"), { recursive: true, force: true });
      return measureTernac(folder, first);
    }),
    loading(`${size} to its first token, from the cache`, image, () => {
      if (!existsSync(join(folder, "cache"))) throw new Error("no image is in the cache");
      return measureTernac(folder, first);
    }),
    ...generation(folder, `synthetic ${size}`, image, [
      "--ids",
      "--prompt",
      "5",
      "--tokens",
      "300",
    ]),
  ];
}

function loading(name: string, file: string, run: () => Promise<ProcessUsage>): Step {
  return {
    group: "loading",
    name,
    bytes: statSync(file, { throwIfNoEntry: false })?.size ?? 0,
    run,
  };
}

function generation(folder: string, name: string, image: string, flags: string[]): Step[] {
  return threadFlags().map(([title, threads]) => ({
    group: "tokens",
    name: `${name}${title}`,
    tokens: true,
    run: () => measureTernac(folder, ["generate", image, ...flags, ...threads, "--json"]),
  }));
}
