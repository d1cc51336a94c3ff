/**
 * SystemVerilog to RTLIL, for the yosys that maps it: `node elaborate.mjs DIRECTORY`, with a list of
 * `{ name, top, parameters, blackboxes }` as JSON on standard input; writes DIRECTORY/NAME.il and .json (its ports).
 * Runs under Node 24 with @yowasp/yosys beside `node`, as `npm exec --package` arranges it. That yosys has slang, the
 * front end that reads the core; the older one of the distributions has the Intel family with M20K.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const rtl = fileURLToPath(new URL("../../rtl", import.meta.url));
const bundle = process.env.PATH.split(delimiter)
  .map((path) => join(path, "..", "@yowasp", "yosys", "gen", "bundle.js"))
  .find(existsSync);
if (!bundle) throw new Error("@yowasp/yosys is not in PATH");
const { runYosys } = await import(pathToFileURL(bundle).href);

const sources = {};
for (const directory of [rtl, join(rtl, "synthesis")])
  for (const file of readdirSync(directory))
    if (file.endsWith(".sv")) sources[file] = readFileSync(join(directory, file), "utf8");
// Packages first, in the order in which they import each other. The AXI checker is for simulations.
const list = readFileSync(join(rtl, "ternac.f"), "utf8");
const packages = [...list.match(/^\w+_pkg\.sv$/gm), "ternac_tile_pkg.sv"];
const modules = Object.keys(sources).filter(
  (file) => !file.endsWith("_pkg.sv") && file !== "ternac_axi_checker.sv",
);

/** Black boxes have their size already; a later pass takes their parameters for an error. */
function withoutParameters(rtlil, blackboxes = []) {
  return blackboxes.reduce(
    (text, module) =>
      text.replace(
        new RegExp(`^ *(cell|module) \\\\${module}\\b.*\\n( *parameter .*\\n)+`, "gm"),
        (block) => block.replace(/^ *parameter .*\n/gm, ""),
      ),
    rtlil,
  );
}

const directory = process.argv[2];
for (const unit of JSON.parse(readFileSync(0, "utf8"))) {
  const options = [
    ...(unit.parameters ?? []).map((parameter) => `-G ${parameter}`),
    ...(unit.blackboxes ?? []).map((module) => `--blackboxed-module ${module}`),
  ];
  const script = [
    `read_slang --ignore-assertions --threads 1 --top ${unit.top} ${options.join(" ")} ${[...packages, ...modules].join(" ")}`,
    `hierarchy -top ${unit.top}; proc; opt_clean; opt_dff -nosdff; opt_clean; memory -nomap; opt_clean`,
    "simplemap t:$bwmux", // a cell that older versions do not know
    "write_rtlil unit.il",
    `select -module ${unit.top} i:* o:*; write_json -selected ports.json`,
  ].join("\n");
  const log = [];
  const collect = (bytes) => bytes && log.push(Buffer.from(bytes).toString());
  try {
    const files = await runYosys(
      ["-q", "-s", "script.ys"],
      { ...sources, "script.ys": script },
      {
        stdout: collect,
        stderr: collect,
        fetchProgress: () => {},
      },
    );
    const rtlil = Buffer.from(files["unit.il"]).toString();
    writeFileSync(join(directory, `${unit.name}.il`), withoutParameters(rtlil, unit.blackboxes));
    const { ports } = JSON.parse(Buffer.from(files["ports.json"]).toString()).modules[unit.top];
    writeFileSync(
      join(directory, `${unit.name}.ports.json`),
      JSON.stringify(
        Object.entries(ports).map(([name, { direction, bits }]) => ({
          name,
          direction,
          width: bits.length,
        })),
      ),
    );
    console.error(`  ${unit.name}: elaborated`);
  } catch (error) {
    writeFileSync(join(directory, `${unit.name}.elaborate.log`), log.join(""));
    console.error(
      `  ${unit.name}: not elaborated (${error.message}); see ${unit.name}.elaborate.log`,
    );
  }
}
