/** The simulated card from the command line: one process a command, as users have it, and a folder for what it keeps. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSimulatedBoard } from "../../src/board/sim/build.js";
import type { Configuration } from "../../src/isa/spec.js";
import { bin, build } from "../cli/built.js";
import { SIMULATOR_CACHE } from "../cli/support.js";
import { TINY } from "../emulator/images.js";

const SHELL = "bfac4d85-1ee8-56fe-8c95-865ce1bbaa2d";
export const PROGRAM = "programs/vector-add.tasm";

/** What a command did. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with what the cards of a test have in common: files to load, and a cache of their own. */
export class CardFolder {
  /** Of the simulated card's library. */
  readonly library: string;
  readonly gbs: string;
  readonly image: string;
  /** The bundled model, compiled. */
  readonly model: string;
  /** What PROGRAM adds up, as `--get` prints it. */
  readonly sum: string;
  readonly sim: readonly string[];
  readonly target: readonly string[];
  #cards = 0;

  private constructor(
    readonly path: string,
    readonly configuration: Configuration,
    library: string,
  ) {
    this.library = library;
    const { name } = configuration;
    this.sim = ["--board", "sim", "--config", name];
    this.target = ["--target", "board", ...this.sim];
    const file = (base: string) => join(path, base);
    [this.gbs, this.image, this.model] = [
      file("ternac.gbs"),
      file("image.elf"),
      file("model.elf"),
    ] as const;
    writeFileSync(file("x.rbf"), "bits");
    const set = Object.entries({
      "interface-uuid": SHELL,
      "clock-frequency-high": 0,
      "clock-frequency-low": 0,
    }).flatMap(([key, value]) => ["--set", `afu-image/${key}=${value}`]);
    const config = ["--config", name];
    const card = new SimulatedCard(this, path);
    card.fine("gbs", "pack", file("x.rbf"), "-d", "rtl/ofs/ternac.json", ...set, "-o", this.gbs);
    card.fine("asm", PROGRAM, ...config, "-o", this.image);
    card.fine("compile", "models/shakespeare", ...config, "-o", this.model);
    this.sum = card.fine("run", PROGRAM, ...config, "--get", "sum");
  }

  static async make(configuration: Configuration = TINY): Promise<CardFolder> {
    build();
    const library = await buildSimulatedBoard({ configuration, cacheFolder: SIMULATOR_CACHE });
    const path = mkdtempSync(join(tmpdir(), "ternac-cards-"));
    mkdirSync(join(path, "cache", "ternac"), { recursive: true });
    symlinkSync(join(SIMULATOR_CACHE, "simulators"), join(path, "cache", "ternac", "simulators"));
    return new CardFolder(path, configuration, library);
  }

  /** A card that comes out of its box, and is programmed. */
  newCard(): SimulatedCard {
    const state = join(this.path, `card${this.#cards++}`);
    mkdirSync(state);
    const card = new SimulatedCard(this, state);
    card.coldStart();
    return card;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export class SimulatedCard {
  constructor(
    private readonly folder: CardFolder,
    /** The folder that it lives in. */
    readonly state: string,
  ) {}

  /** A file that a command writes. */
  get output(): string {
    return join(this.state, "sum.npy");
  }

  environment(faults = ""): Record<string, string> {
    return {
      XDG_CACHE_HOME: join(this.folder.path, "cache"),
      TERNAC_SIM_STATE: this.state,
      TERNAC_SIM_FAULTS: faults,
      TERNAC_SIM_LEFT_OVER: "1",
      TERNAC_SIM_BOARD_EMPTY: "1",
    };
  }

  command(argv: readonly string[], faults?: string): Ended {
    const { status, stdout, stderr } = bin(argv, {
      env: this.environment(faults),
      timeout: 300_000,
    });
    return { status, stdout: stdout.toString(), stderr: stderr.toString() };
  }

  /** A command that must end well, and say nothing. @returns its standard output */
  fine(...argv: string[]): string {
    const { status, stdout, stderr } = this.command(argv);
    if (status !== 0 || stderr !== "")
      throw new Error(`${argv.join(" ")}: status ${status}\n${stderr}`);
    return stdout;
  }

  /** What is left of outputs that were not finished, and of the card's own file. */
  leftOver(): string[] {
    return readdirSync(this.state).filter((name) => name !== "card" && name !== "lock");
  }

  /** Without power the card loses what it held. */
  coldStart(): void {
    rmSync(join(this.state, "card"), { force: true });
    this.fine("flash", this.folder.gbs, ...this.folder.sim);
  }

  /** Do what an error says, and nothing else. @returns what was done */
  remedy(stderr: string): "reset" | "cold start" | undefined {
    const help = /^help: (.+)$/m.exec(stderr)?.[1] ?? "";
    if (help.includes("ternac board reset")) {
      if (this.command(["board", "reset", ...this.folder.sim]).status === 0) return "reset";
    } else if (!help.includes("cold-start")) return undefined;
    this.coldStart();
    return "cold start";
  }

  /** A program, by the next command. */
  run(): Ended {
    return this.command(["run", PROGRAM, ...this.folder.target, "--get", "sum"]);
  }
}
