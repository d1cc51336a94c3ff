/** Reads a netlist of yosys (`write_json`) for an Intel family: what it has, and its longest paths. */

const LUTS = new Set([
  "MISTRAL_ALUT2",
  "MISTRAL_ALUT3",
  "MISTRAL_ALUT4",
  "MISTRAL_ALUT5",
  "MISTRAL_ALUT6",
]);
const PADS = new Set(["MISTRAL_IB", "MISTRAL_OB", "MISTRAL_IO", "MISTRAL_CLKBUF"]);
/** A bit of a carry chain takes so much of a level; a multiplier without registers so many levels. */
const CARRY = 0.03;
const MULTIPLIER = 4;

/** M20K blocks of a memory; yosys maps a block at a time. */
const BLOCK_RAM = "altsyncram";

/**
 * Cells by kind: `lut` (2 to 5 inputs), `lut6`, `arithmetic`, `ff`, `mlab` (32 bits each), `m20k`, `mul27`, `mul18`.
 */
export function count(module) {
  const counts = { lut: 0, lut6: 0, arithmetic: 0, ff: 0, mlab: 0, m20k: 0, mul27: 0, mul18: 0 };
  for (const { type } of Object.values(module.cells)) {
    if (type === "MISTRAL_ALUT6") counts.lut6++;
    else if (LUTS.has(type)) counts.lut++;
    else if (type === "MISTRAL_ALUT_ARITH") counts.arithmetic++;
    else if (type === "MISTRAL_FF") counts.ff++;
    else if (type === "MISTRAL_MLAB") counts.mlab++;
    else if (type === BLOCK_RAM) counts.m20k++;
    else if (type === "MISTRAL_MUL27X27") counts.mul27++;
    else if (type === "MISTRAL_MUL18X18" || type === "MISTRAL_MUL9X9") counts.mul18++;
  }
  return counts;
}

/**
 * The longest path to each register, in levels: `[{ levels, luts, carries, from, to }]`, longest first, one for each pair of
 * registers (of all bits). A level is a look-up table and the wire to it.
 */
export function longestPaths(module, number) {
  const names = new Map(); // bit to the shortest name that a person gave it
  for (const [name, { bits, hide_name }] of Object.entries(module.netnames)) {
    if (hide_name) continue;
    for (const bit of bits)
      if (typeof bit === "number" && !(names.get(bit)?.length <= name.length)) names.set(bit, name);
  }
  const drivers = new Map(); // bit to the combinational cell and port that drive it
  const ends = []; // [bit, name of the register or memory]
  const starts = new Map(); // bit to the name of what drives it from a register, memory or pin
  for (const [name, cell] of Object.entries(module.cells)) {
    const { type, connections, port_directions: directions } = cell;
    if (PADS.has(type)) {
      // Pins are registers of what is around the unit.
      for (const bit of connections.PAD ?? [])
        if (type === "MISTRAL_OB") ends.push([connections.I[0], names.get(bit)]);
      if (type !== "MISTRAL_OB")
        starts.set(
          (connections.O ?? connections.Q)?.[0],
          names.get((connections.PAD ?? connections.A)?.[0]),
        );
      continue;
    }
    const combinational =
      LUTS.has(type) ||
      ["MISTRAL_ALUT_ARITH", "MISTRAL_NOT"].includes(type) ||
      type.startsWith("MISTRAL_MUL");
    for (const [port, bits] of Object.entries(connections)) {
      const output =
        directions?.[port] === "output" || ["Q", "SO", "CO", "Y", "B1DATA", "q_b"].includes(port);
      for (const bit of bits) {
        if (typeof bit !== "number") continue;
        if (combinational) {
          if (output) drivers.set(bit, { cell, port });
        } else if (type === "MISTRAL_MLAB") {
          // Written by the clock, read at once.
          if (output) drivers.set(bit, { cell, port });
          else if (!port.startsWith("B1") && !port.startsWith("CLK"))
            ends.push([bit, memoryName(name)]);
        } else if (output) starts.set(bit, names.get(bit) ?? name);
        else if (!/^(CLK|clock)/i.test(port) && port !== "ACLR")
          ends.push([bit, type === "MISTRAL_FF" ? names.get(connections.Q[0]) : memoryName(name)]);
      }
    }
  }

  const arrival = new Map();
  /** The longest path to a bit. Iterative: carry chains are deep. */
  function arrive(root) {
    const stack = [root];
    while (stack.length > 0) {
      const bit = stack[stack.length - 1];
      if (arrival.has(bit)) {
        stack.pop();
        continue;
      }
      const driver = drivers.get(bit);
      if (!driver) {
        arrival.set(bit, {
          levels: 0,
          luts: 0,
          carries: 0,
          from: starts.get(bit) ?? names.get(bit) ?? "?",
        });
        stack.pop();
        continue;
      }
      const inputs = [];
      for (const [port, bits] of Object.entries(driver.cell.connections))
        if (isInput(driver.cell.type, port))
          for (const input of bits) if (typeof input === "number") inputs.push([port, input]);
      const missing = inputs.filter(([, input]) => !arrival.has(input));
      if (missing.length > 0) {
        if (driver.busy)
          for (const [, input] of missing)
            arrival.set(input, { levels: 0, luts: 0, carries: 0, from: "loop" });
        driver.busy = true;
        for (const [, input] of missing) stack.push(input);
        continue;
      }
      let longest = { levels: 0, luts: 0, carries: 0, from: "constant" };
      for (const [port, input] of inputs) {
        const before = arrival.get(input);
        const carry = port === "CI";
        const multiplier = driver.cell.type.startsWith("MISTRAL_MUL");
        const inverter = driver.cell.type === "MISTRAL_NOT";
        const step = inverter ? 0 : carry ? CARRY : multiplier ? MULTIPLIER : 1;
        if (before.levels + step > longest.levels)
          longest = {
            levels: before.levels + step,
            luts: before.luts + (carry || inverter || multiplier ? 0 : 1),
            carries: before.carries + (carry ? 1 : 0),
            multipliers: (before.multipliers ?? 0) + (multiplier ? 1 : 0),
            from: before.from,
          };
      }
      arrival.set(bit, longest);
      stack.pop();
    }
    return arrival.get(root);
  }

  const pairs = new Map();
  for (const [bit, to] of ends) {
    const path = { ...arrive(bit), to: to ?? "?" };
    const key = `${base(path.from)} ${base(path.to)}`;
    if (!(pairs.get(key)?.levels >= path.levels))
      pairs.set(key, { ...path, from: base(path.from), to: base(path.to) });
  }
  return [...pairs.values()].sort((a, b) => b.levels - a.levels).slice(0, number);
}

function isInput(type, port) {
  if (type === "MISTRAL_MLAB") return port === "B1ADDR";
  return !["Q", "SO", "CO", "Y", "B1DATA"].includes(port);
}

const memoryName = (cell) => cell.replace(/^\$?\\?/, "").replace(/(\.\d+)+$/, "");
const base = (name) => String(name).replace(/\[\d+\]/g, "");
