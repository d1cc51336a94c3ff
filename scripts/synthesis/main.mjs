/**
 * `npm run synthesis`: area of the d5005 core on an Intel family, and clock of its parts on an iCE40, as tables for
 * docs/area.md. `-- NAME...` for some units only. Results stay in node_modules/.cache/ternac-synthesis, by content.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { npm } from "../setup.mjs";
import { count, longestPaths } from "./netlist.mjs";
import { areaTable, clockTable, pathTable } from "./report.mjs";
import { D5005, ICE40_UNITS, INTEL_UNITS } from "./units.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const directory = `${root}node_modules/.cache/ternac-synthesis`;
const FRONT_END = ["node@24", "@yowasp/yosys@0.70.62-dev.1236"];
const MINUTES = 30; // for one run of one tool
const TOOLS = [
  { command: "yosys", option: "-V", of: "yosys" },
  { command: "nextpnr-ice40", option: "--version", of: "nextpnr-ice40" },
];

function version({ command, option }) {
  const { status, stdout, stderr } = spawnSync(command, [option], { encoding: "utf8" });
  return status === 0 ? (stdout || stderr).trim().split("\n")[0] : undefined;
}

const missing = TOOLS.filter((tool) => version(tool) === undefined);
if (missing.length > 0) {
  const packages = missing.map((tool) => tool.of).join(" ");
  console.error(
    `npm run synthesis needs ${packages}; on Debian or Ubuntu: apt-get install ${packages}`,
  );
  process.exit(1);
}

const names = process.argv.slice(2);
const all = [...INTEL_UNITS, ...ICE40_UNITS];
const unknown = names.filter((name) => !all.some((unit) => unit.name === name));
if (unknown.length > 0) {
  console.error(
    `there is no unit ${unknown.join(", ")}; there are ${all.map((unit) => unit.name).join(", ")}`,
  );
  process.exit(2);
}
const wanted = (units) => units.filter((unit) => names.length === 0 || names.includes(unit.name));

/** Runs a tool; returns its output, or undefined if it failed. The output is in a file, too. */
function tool(command, args, log) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: directory,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    timeout: MINUTES * 60_000,
  });
  writeFileSync(`${directory}/${log}`, `${stdout}${stderr}`);
  return status === 0 ? `${stdout}${stderr}` : undefined;
}

/** The result of `work`, kept under the hash of what it depends on. */
function kept(name, inputs, work) {
  const hash = createHash("sha256").update(inputs.join("\0")).digest("hex").slice(0, 16);
  const file = `${directory}/${name}.${hash}.json`;
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  const start = Date.now();
  const result = work();
  if (result) writeFileSync(file, JSON.stringify(result));
  console.error(
    `  ${name}: ${result ? "done" : "failed"}, ${((Date.now() - start) / 1000).toFixed(0)} s`,
  );
  return result;
}

const readOwn = (file) => readFileSync(new URL(file, import.meta.url), "utf8");
const m20k = `${root}rtl/synthesis/m20k_map.v`;

function intel(unit) {
  const rtlil = readFileSync(`${directory}/${unit.name}.il`, "utf8");
  const synth = `synth_intel_alm -family cyclone10gx -top ${unit.top}`;
  const script = [
    `read_rtlil ${unit.name}.il`,
    `${synth} -run begin:map_bram`,
    "memory_bram -rules +/intel_alm/common/bram_m20k.txt",
    `techmap -map ${m20k}`,
    `${synth} -run map_lutram:`,
    "opt_clean",
    `write_json ${unit.name}.netlist.json`,
  ].join("; ");
  return kept(
    `intel.${unit.name}`,
    [rtlil, script, readFileSync(m20k, "utf8"), readOwn("netlist.mjs")],
    () => {
      if (tool("yosys", ["-q", "-p", script], `intel.${unit.name}.log`) === undefined)
        return undefined;
      const netlist = `${directory}/${unit.name}.netlist.json`;
      const module = JSON.parse(readFileSync(netlist, "utf8")).modules[unit.top];
      rmSync(netlist);
      return { counts: count(module), paths: longestPaths(module, 8) };
    },
  );
}

/** A unit between shift registers, so that three pins are enough, and every path begins and ends at a register. */
function harness(unit) {
  const ports = JSON.parse(readFileSync(`${directory}/${unit.name}.ports.json`, "utf8"));
  const inputs = ports.filter(
    ({ name, direction }) => direction === "input" && name !== "clk_i" && name !== "rst_ni",
  );
  const outputs = ports.filter(({ direction }) => direction === "output");
  const bits = (list) => list.reduce((sum, { width }) => sum + width, 0);
  const has = (name) => ports.some((port) => port.name === name);
  const connect = (list, from) => {
    let at = 0;
    return list.map(({ name, width }) => {
      at += width;
      return `.${name}(${from}[${at - 1}:${at - width}])`;
    });
  };
  const connections = [
    ...(has("clk_i") ? [".clk_i(clk)"] : []),
    ...(has("rst_ni") ? [".rst_ni(reset_q[1])"] : []),
    ...connect(inputs, "in_q"),
    ...connect(outputs, "out"),
  ];
  return `module harness(input clk, input rst_n, input si, output so);
  reg [1:0] reset_q;
  reg [${bits(inputs) - 1}:0] in_q;
  reg [${bits(outputs)}:0] out_q;
  wire [${bits(outputs) - 1}:0] out;
  ${unit.top} u(${connections.join(", ")});
  always @(posedge clk) begin
    reset_q <= {reset_q[0], rst_n};
    in_q <= {in_q, si};
    out_q <= {out_q[${bits(outputs) - 1}:0] ^ out, si};
  end
  assign so = out_q[${bits(outputs)}];
endmodule
`;
}

function ice40(unit) {
  const rtlil = readFileSync(`${directory}/${unit.name}.il`, "utf8");
  const around = harness(unit);
  const script = `read_rtlil ${unit.name}.il; read_verilog ${unit.name}.harness.v; synth_ice40 -top harness -json ${unit.name}.ice40.json`;
  const route = [
    "--hx8k",
    "--package",
    "ct256",
    "--freq",
    "100",
    "--seed",
    "1",
    "--pcf-allow-unconstrained",
  ];
  return kept(`ice40.${unit.name}`, [rtlil, around, script, ...route], () => {
    writeFileSync(`${directory}/${unit.name}.harness.v`, around);
    if (tool("yosys", ["-q", "-p", script], `ice40.${unit.name}.log`) === undefined)
      return undefined;
    const log = tool(
      "nextpnr-ice40",
      [...route, "--json", `${unit.name}.ice40.json`],
      `ice40.${unit.name}.pnr.log`,
    );
    const text = log ?? readFileSync(`${directory}/ice40.${unit.name}.pnr.log`, "utf8");
    const used = (kind) => Number(new RegExp(`${kind}:\\s*(\\d+)/`).exec(text)?.[1]);
    const clocks = [...text.matchAll(/Max frequency for clock\s+'[^']*':\s*([\d.]+) MHz/g)];
    return {
      cells: used("ICESTORM_LC"),
      ram: used("ICESTORM_RAM"),
      mhz: clocks.length > 0 ? Number(clocks.at(-1)[1]) : undefined,
    };
  });
}

/** What a unit's elaboration depends on. */
const sources = [`${root}rtl/`, `${root}rtl/synthesis/`]
  .flatMap((folder) => readdirSync(folder).map((file) => folder + file))
  .filter((file) => file.endsWith(".sv"))
  .map((file) => readFileSync(file, "utf8"));
const keyOf = (unit) =>
  createHash("sha256")
    .update([...sources, ...FRONT_END, readOwn("elaborate.mjs"), JSON.stringify(unit)].join("\0"))
    .digest("hex");
const keyFile = (unit) => `${directory}/${unit.name}.key`;
const elaborated = (unit) =>
  existsSync(keyFile(unit)) && readFileSync(keyFile(unit), "utf8") === keyOf(unit);

mkdirSync(directory, { recursive: true });
const stale = [...wanted(INTEL_UNITS), ...wanted(ICE40_UNITS)].filter((unit) => !elaborated(unit));
if (stale.length > 0) {
  console.error("Elaborating...");
  for (const { name } of stale) rmSync(`${directory}/${name}.il`, { force: true });
  const packages = FRONT_END.map((name) => `--package=${name}`);
  const script = ["--", "node", "scripts/synthesis/elaborate.mjs", directory];
  const status = npm(["exec", "--yes", ...packages, ...script], {
    input: JSON.stringify(stale),
    stdio: ["pipe", "inherit", "inherit"],
  });
  if (status !== 0) {
    console.error(`npm run synthesis could not run ${FRONT_END.join(" with ")} (see above)`);
    process.exit(1);
  }
  for (const unit of stale)
    if (existsSync(`${directory}/${unit.name}.il`)) writeFileSync(keyFile(unit), keyOf(unit));
}
console.error("Mapping...");
const mapped = new Map(
  wanted(INTEL_UNITS)
    .filter(elaborated)
    .map((unit) => [unit.name, intel(unit)]),
);
const routed = wanted(ICE40_UNITS)
  .filter(elaborated)
  .map((unit) => ({ ...unit, result: ice40(unit) }));

console.log(`${TOOLS.map(version).join("; ")}; ${FRONT_END[1]}\n`);
if (names.length === 0) console.log(areaTable(D5005, mapped));
console.log(pathTable(mapped));
console.log(clockTable(routed));
