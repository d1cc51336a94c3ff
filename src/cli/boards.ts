import {
  type AcceleratorDescription,
  type BoardDescription,
  closing,
  describeAccelerator,
  describeBoards,
  type FpgaLibrary,
  findAccelerator,
  findResource,
  formatPciAddress,
  formatShell,
  GoneError,
  measureClock,
  parsePciAddress,
  SystemFiles,
  sameCard,
  systemCards,
} from "../board/index.js";
import { NO_CARD } from "../board/remedies.js";
import { UserError } from "../diagnostics/diagnostic.js";
import { formatTable } from "../inspect/table.js";
import { DEFAULT_CONFIGURATION } from "../isa/configurations.js";
import type { BoardFlags } from "./flags.js";
import { choiceOf, openLibrary } from "./open-board.js";
import { formatProperties } from "./properties.js";

/** The library for the card that the flags mean. @throws UserError */
export function libraryOf(flags: BoardFlags, cacheFolder: string): Promise<FpgaLibrary> {
  return openLibrary(flags, flags.config ?? DEFAULT_CONFIGURATION, cacheFolder);
}

/** The cards of the machine; `problem` says why the library does not help, where it does not. */
export async function listBoards(flags: BoardFlags, cacheFolder: string) {
  // A simulated card is on no bus of this machine.
  const system = flags.board === "sim" ? [] : systemCards(new SystemFiles(flags.root));
  let all: BoardDescription[];
  let problem: string | undefined;
  try {
    all = describeBoards(await libraryOf(flags, cacheFolder), system);
  } catch (error) {
    if (!(error instanceof UserError) || flags.board === "sim") throw error;
    all = describeBoards(undefined, system);
    problem = error.message;
  }
  const address = parsePciAddress(flags.board ?? "");
  const boards = address
    ? all.filter((board) => sameCard(parsePciAddress(board.address)!, address))
    : all;
  return { boards, problem };
}

function acceleratorText({ acceleratorUuid, ternac, busy }: BoardDescription): string {
  if (acceleratorUuid === undefined) return "not told";
  return `${ternac ? "Ternac" : acceleratorUuid}${busy ? ", in use" : ""}`;
}

/** Cards as a table. */
export function formatBoards(boards: readonly BoardDescription[]): string {
  return formatTable(
    ["address", "PCI ids", "shell", "driver", "accelerator"].map((title) => ({ title })),
    boards.map((board) => [
      board.address,
      board.pciId,
      formatShell(board.shell),
      board.driver ?? "-",
      acceleratorText(board),
    ]),
  ).join("\n");
}

/** A card for --json. */
export function jsonBoard({ system, ...board }: BoardDescription) {
  return {
    ...board,
    ...(system && {
      link: system.link,
      linkLimit: system.linkLimit,
      temperatures: system.temperatures,
      portErrors:
        system.portErrors === undefined ? undefined : `0x${system.portErrors.toString(16)}`,
      deviceFiles: system.deviceFiles,
    }),
  };
}

/** A card, and what its accelerator says of itself where it can be asked. */
export interface BoardInfo {
  readonly board: BoardDescription;
  readonly accelerator?: AcceleratorDescription;
  /** MHz, measured; absent where time is simulated. */
  readonly clockMhz?: number;
  /** Why the accelerator was not asked. */
  readonly problem?: string;
}

/** @throws UserError when there is no card, or several to choose from */
export async function boardInfo(flags: BoardFlags, cacheFolder: string): Promise<BoardInfo> {
  const { boards, problem } = await listBoards(flags, cacheFolder);
  const [board, ...others] = boards;
  if (!board) throw new UserError(problem ?? "no card was found", NO_CARD);
  if (others.length > 0)
    throw new UserError(
      `there are ${boards.length} cards: ${boards.map(({ address }) => address).join(", ")}`,
      "choose one with --board",
    );
  if (problem) return { board, problem };
  const simulated = flags.board === "sim";
  try {
    const library = await libraryOf(flags, cacheFolder);
    return { board, ...(await ask(library, simulated ? "auto" : board.address, simulated)) };
  } catch (error) {
    // A card that is in use, or programmed with something else, is a card to show, too.
    if (!(error instanceof UserError) || error instanceof GoneError) throw error;
    return { board, problem: error.message };
  }
}

async function ask(library: FpgaLibrary, choice: string, simulated: boolean) {
  const resource = findAccelerator(library, choice);
  try {
    const handle = resource.open();
    return await closing(handle, async () => {
      const accelerator = describeAccelerator(handle);
      return simulated ? { accelerator } : { accelerator, clockMhz: await measureClock(handle) };
    });
  } finally {
    resource.release();
  }
}

/** A card for people. */
export function formatBoardInfo({ board, accelerator, clockMhz, problem }: BoardInfo): string {
  const { system } = board;
  const version = ({ major, minor }: { major: number; minor: number }) => `${major}.${minor}`;
  const count = (value: number) => value.toLocaleString("en");
  const told = (value: string | undefined) => value ?? "not told";
  return formatProperties([
    ["card", board.address],
    ["PCI ids", board.pciId],
    ["shell", formatShell(board.shell)],
    ["interface UUID", told(board.interfaceUuid)],
    ["bitstream ID", told(board.bitstreamId)],
    ["driver", told(board.driver)],
    ...(system?.link
      ? [["PCI link", `${system.link.speed} GT/s, ${system.link.width} lanes`] as const]
      : []),
    ...(system?.temperatures ?? []).map(
      ({ name, celsius }) => [`temperature, ${name}`, `${celsius.toFixed(1)} °C`] as const,
    ),
    ["accelerator", acceleratorText(board)],
    ...(accelerator
      ? ([
          ["accelerator UUID", accelerator.uuid],
          ["configuration", accelerator.configuration],
          ["instruction set", version(accelerator.isa)],
          ["register map", version(accelerator.mapVersion)],
          ["longest vector", `${count(accelerator.vlmax)} elements`],
          [
            "DRAM",
            `${count(accelerator.dramBytes)} bytes in ${accelerator.channels} bank${accelerator.channels === 1 ? "" : "s"}`,
          ],
          ["instruction memory", `${count(accelerator.instructions)} instructions`],
          ["queues", `${count(accelerator.queueEntries)} entries each`],
          ["packings", accelerator.packings.join(", ")],
        ] as const)
      : []),
    ...(clockMhz === undefined ? [] : [["clock, measured", `${clockMhz.toFixed(1)} MHz`] as const]),
    ...(problem ? [["not asked", problem] as const] : []),
  ]);
}

/** The same for --json. */
export function jsonBoardInfo({ board, ...rest }: BoardInfo) {
  return { ...jsonBoard(board), ...rest };
}

/** Reset a card's accelerator, whatever it is. @returns its address @throws UserError */
export async function resetBoard(flags: BoardFlags, cacheFolder: string): Promise<string> {
  const library = await libraryOf(flags, cacheFolder);
  const resource = findResource(library, "accelerator", choiceOf(flags));
  try {
    const handle = resource.open();
    await closing(handle, () => handle.reset());
  } finally {
    resource.release();
  }
  return formatPciAddress(resource.address);
}
