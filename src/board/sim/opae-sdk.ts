import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../diagnostics/diagnostic.js";
import { LIBRARY_NAMES } from "../libopae.js";

/** An installation of OPAE's SDK that plugins can be built with. */
export interface OpaeSdk {
  /** Folder with `opae/plugin.h`. */
  readonly include: string;
  /** libopae-c itself. */
  readonly library: string;
  /** Of the library, such as 2.14.0; undefined where its file's name does not tell. */
  readonly version: string | undefined;
}

/** Where a system's own installation is. */
const PREFIXES = ["/usr/local", "/usr"];
const LIBRARY_FOLDERS = ["lib64", "lib/x86_64-linux-gnu", "lib"];
/** Of what the SDK installs for plugins, the file that needs all others. */
const HEADER = "opae/plugin.h";

/**
 * Look for the headers of OPAE's SDK that plugins need, and for libopae-c.
 * @param prefix that it was installed with; undefined: the system's
 * @throws UserError that says what is missing
 */
export function findOpaeSdk(prefix?: string): OpaeSdk {
  const prefixes = prefix === undefined ? PREFIXES : [prefix];
  const places = prefixes.map((folder) => join(folder, "include"));
  const at = places.findIndex((folder) => existsSync(join(folder, HEADER)));
  if (at < 0)
    throw new UserError(
      `the headers that a plugin of OPAE needs are not there: no ${HEADER} in ${places.join(" or ")}`,
      prefix === undefined
        ? "install OPAE's SDK 2 with its development files (opae-devel), or name the folder that it was installed in: --opae FOLDER; without OPAE: --board sim"
        : "name the folder that OPAE's SDK was installed in, the one with bin, include and lib",
    );
  const folders = LIBRARY_FOLDERS.map((folder) => join(prefixes[at]!, folder));
  const library = LIBRARY_NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(
    (path) => existsSync(path),
  );
  if (library === undefined)
    throw new UserError(
      `libopae-c, which belongs to the headers in ${places[at]}, is in none of ${folders.join(", ")}`,
      "install OPAE's SDK as a whole",
    );
  const [, version] = /\.so\.(\d+\.\d+\.\d+)$/.exec(realpathSync(library)) ?? [];
  return { include: places[at]!, library, version };
}
