import { randomBytes } from "node:crypto";
import { UserError } from "../diagnostics/diagnostic.js";
import type { Image } from "../image/image.js";
import type { CardContents, ContentsStore } from "./card-contents.js";
import type { CopyEngine } from "./copy-engine.js";
import { HOST_LINE_BYTES } from "./generated.js";
import { type MemoryBlock, memoryPlan } from "./memory-plan.js";

/** What loading an image's data moved. */
export interface LoadReport {
  /** Blocks of data, and those of them that were on the card already. */
  readonly blocks: number;
  readonly blocksKept: number;
  readonly bytesMoved: number;
  readonly bytesKept: number;
  /** Set to zero: what the program expects to be. */
  readonly bytesCleared: number;
  /** Read back and compared. */
  readonly bytesVerified: number;
  readonly seconds: number;
}

export interface LoadOptions {
  readonly store: ContentsStore;
  /** Bytes of the card's DRAM. */
  readonly dramBytes: number;
  /** Read all of it back and compare it. */
  readonly verify?: boolean;
  /** Only find out what would be moved. */
  readonly dryRun?: boolean;
  readonly onProgress?: (bytes: number, total: number) => void;
}

/** What the last line of DRAM begins with when a number follows it: "TERNAC" and a version. */
const MARK = Buffer.from("TERNAC\0\x01", "latin1").readBigUInt64LE();
/** No number: what the card holds is not known. */
const NONE = 0n;

/**
 * Bring the card's DRAM into the state that an image begins with. What the last load left there, as the
 * number in the last line of DRAM tells, and the CRC of the card's memory confirms, is not moved again; so
 * that a program that changed its data, a reset of the card or another user do no harm.
 */
export async function loadMemory(
  image: Image,
  engine: CopyEngine,
  options: LoadOptions,
): Promise<LoadReport> {
  const started = performance.now();
  const { blocks, zeros } = memoryPlan(image);
  const place = numberPlace(image, options.dramBytes);
  const old = place === undefined ? undefined : await knownContents(engine, place, options.store);
  const kept = await keptBlocks(blocks, old, engine);
  const missing = blocks.filter((block) => !kept.has(block));
  if (!options.dryRun) await bring();
  return {
    blocks: blocks.length,
    blocksKept: kept.size,
    bytesMoved: bytesOf(missing),
    bytesKept: bytesOf([...kept]),
    bytesCleared: zeros.reduce((sum, { length }) => sum + length, 0),
    bytesVerified: options.verify ? bytesOf(blocks) : 0,
    seconds: (performance.now() - started) / 1000,
  };

  async function bring() {
    if (missing.length > 0) await replace(engine, missing, blocks, place, options);
    await engine.clear(zeros);
    if (options.verify) await verify(engine, blocks);
  }
}

function bytesOf(blocks: readonly MemoryBlock[]): number {
  return blocks.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** The line of DRAM that the number is kept in; undefined when the image needs it itself. */
function numberPlace({ requires }: Image, dramBytes: number): number | undefined {
  const place = dramBytes - HOST_LINE_BYTES;
  return requires.dram <= place ? place : undefined;
}

async function knownContents(
  engine: CopyEngine,
  place: number,
  store: ContentsStore,
): Promise<CardContents | undefined> {
  const line = Buffer.from(await engine.read(place, HOST_LINE_BYTES));
  const nonce = line.readBigUInt64LE(8);
  return line.readBigUInt64LE() === MARK && nonce !== NONE ? store.find(nonce) : undefined;
}

async function writeNumber(engine: CopyEngine, place: number, nonce: bigint): Promise<void> {
  const line = Buffer.alloc(HOST_LINE_BYTES);
  line.writeBigUInt64LE(MARK);
  line.writeBigUInt64LE(nonce, 8);
  await engine.write([{ address: place, bytes: line }]);
}

/** The blocks that the card still holds. */
async function keptBlocks(
  blocks: readonly MemoryBlock[],
  old: CardContents | undefined,
  engine: CopyEngine,
): Promise<Set<MemoryBlock>> {
  const known = new Map(
    old?.blocks.map((block) => [`${block.address} ${block.length}`, block.hash]),
  );
  const candidates = blocks.filter(
    ({ address, bytes, hash }) => known.get(`${address} ${bytes.length}`) === hash,
  );
  const crcs = await engine.checksums(
    candidates.map(({ address, bytes }) => ({ address, length: bytes.length })),
  );
  return new Set(candidates.filter(({ crc }, i) => crcs[i] === crc));
}

async function replace(
  engine: CopyEngine,
  missing: readonly MemoryBlock[],
  all: readonly MemoryBlock[],
  place: number | undefined,
  { store, onProgress }: LoadOptions,
): Promise<void> {
  const total = bytesOf(missing);
  let done = 0;
  // Before anything changes: a load that is cut off must not be taken for a whole one.
  if (place !== undefined) await writeNumber(engine, place, NONE);
  await engine.write(missing, (bytes) => {
    done += bytes;
    onProgress?.(done, total);
  });
  if (place === undefined) return;
  const nonce = randomBytes(8).readBigUInt64LE() || 1n;
  store.store({
    nonce,
    blocks: all.map(({ address, bytes, hash }) => ({ address, length: bytes.length, hash })),
  });
  await writeNumber(engine, place, nonce);
}

/** @throws UserError at the first byte that is not what was loaded */
async function verify(engine: CopyEngine, blocks: readonly MemoryBlock[]): Promise<void> {
  const ranges = blocks.map(({ address, bytes }) => ({ address, length: bytes.length, bytes }));
  await engine.readEach(ranges, (read, { address, bytes }, at) => {
    const wrong = read.findIndex((byte, i) => bytes[at + i] !== byte);
    if (wrong < 0) return;
    throw new UserError(
      `DRAM 0x${(address + at + wrong).toString(16)} of the card reads as ${read[wrong]}, ${bytes[at + wrong]} was loaded`,
      "load it again; if it happens again, the card's memory is faulty: see `ternac board doctor`",
    );
  });
}
