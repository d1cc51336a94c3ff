/**
 * Random faults at random times under random commands: whatever happens, a command does what it should or says why
 * not, and the next one works. In the long run only; TERNAC_FUZZ_SEED and TERNAC_FUZZ_RUNS choose others.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomNumbers } from "../../src/session/random.js";
import { CardFolder, PROGRAM, type SimulatedCard } from "./simulated-card.js";
import { missingTools } from "./verilator.js";

const missing = missingTools();
const SEED = Number(process.env.TERNAC_FUZZ_SEED ?? 1);
const RUNS = Number(process.env.TERNAC_FUZZ_RUNS ?? 40);

const PLAIN = ["port-busy", "wrong-interface", "reconf-error", "no-hugepages"];
const MMIO = ["mmio-timeout", "vanish", "reset"];
const LINK = ["dma-corrupt", "dma-error", "dma-hang"];
/** Those that do most are there more often. */
const COMMANDS = [
  "run",
  "run",
  "generate",
  "generate",
  "generate",
  "flash image",
  "flash image",
].concat(["flash bitstream", "info", "list", "reset"]);
/** About what the longest of them, generate, takes of accesses, and of lines over the link. */
const MOST = { accesses: 4000, lines: 52_000 };

describe.skipIf(missing.length > 0)(`under random faults of seed ${SEED}`, () => {
  let cards: CardFolder;
  const expected: Record<string, string> = {};
  const TEXT = ["--prompt", "ROMEO:", "--tokens", "2", "--temperature", "0.9", "--seed", "5"];

  beforeAll(async () => {
    cards = await CardFolder.make();
    expected.run = cards.sum;
    expected.generate = cards.newCard().fine("generate", cards.model, ...TEXT);
  });
  afterAll(() => cards?.remove());

  const argv = (command: string): string[] => {
    const timeout = ["--timeout", "1"];
    if (command === "run") return ["run", PROGRAM, ...cards.target, "--get", "sum", ...timeout];
    if (command === "generate")
      return ["generate", cards.model, ...TEXT, ...cards.target, ...timeout];
    if (command === "flash image") return ["flash", cards.model, ...cards.sim, ...timeout];
    if (command === "flash bitstream") return ["flash", cards.gbs, ...cards.sim, ...timeout];
    return ["board", command, ...cards.sim];
  };

  /** The next command works, or says what to do, after which it does. */
  const works = (card: SimulatedCard) => {
    let ended = card.run();
    if (ended.status !== 0) {
      expect(ended.stderr).toMatch(/^error: .+\nhelp: .+\n$/);
      expect(card.remedy(ended.stderr), ended.stderr).toBeDefined();
      ended = card.run();
    }
    expect(ended).toEqual({ status: 0, stdout: cards.sum, stderr: "" });
  };

  const random = randomNumbers(BigInt(SEED));
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  /** Small numbers are as likely as large ones. */
  const number = (most: number) => Math.floor(most ** random());
  const fault = () => {
    const kind = random();
    if (kind < 0.15) return pick(PLAIN);
    return kind < 0.6
      ? `${pick(MMIO)}@${number(MOST.accesses)}`
      : `${pick(LINK)}@${number(MOST.lines) - 1}`;
  };
  const cases = Array.from({ length: RUNS }, (_, i) => {
    const faults = Array.from({ length: 1 + Math.floor(3 * random() ** 2) }, fault);
    const names = new Set<string>();
    const once = faults.filter((text) => {
      const [name] = text.split("@") as [string];
      return !names.has(name) && names.add(name);
    });
    return { i, command: pick(COMMANDS), faults: once.join(",") };
  });

  it.each(cases)("$i: $command with $faults", ({ command, faults }) => {
    const card = cards.newCard();
    const { status, stdout, stderr } = card.command(argv(command), faults);
    if (status === 0) {
      expect(stderr).toMatch(/^(no card was found.+\n)?$/);
      if (command in expected) expect(stdout).toBe(expected[command]);
    } else {
      expect(status, stderr).toBe(1);
      expect(stderr).toMatch(/^error: .+\nhelp: .+\n$/);
      // Text that was written before is right.
      if (command === "generate") expect(expected.generate!.startsWith(stdout)).toBe(true);
      else expect(stdout).toBe("");
      card.remedy(stderr);
    }
    expect(card.leftOver()).toEqual([]);
    works(card);
  });
});
