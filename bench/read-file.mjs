// The limit of loading: reads a file from its beginning to its end, 4 MB at a time.
import { closeSync, openSync, readSync } from "node:fs";

const file = openSync(process.argv[2], "r");
const piece = new Uint8Array(1 << 22);
while (readSync(file, piece) > 0);
closeSync(file);
