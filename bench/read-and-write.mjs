// The limit of compiling: reads a file, keeps as many of its bytes as an image has in memory that is new,
// and writes those to another file, which appears by renaming.
import { closeSync, openSync, readSync, renameSync, statSync, writeSync } from "node:fs";

const [source, image, target] = process.argv.slice(2);
const bytes = new Uint8Array(statSync(image).size);
const file = openSync(source, "r");
const piece = new Uint8Array(1 << 22);
let kept = 0;
for (let count = readSync(file, piece); count > 0; count = readSync(file, piece)) {
  const wanted = piece.subarray(0, Math.min(count, bytes.length - kept));
  bytes.set(wanted, kept);
  kept += wanted.length;
}
closeSync(file);
const written = openSync(`${target}.tmp`, "w");
for (let at = 0; at < bytes.length; ) at += writeSync(written, bytes, at);
closeSync(written);
renameSync(`${target}.tmp`, target);
