/**
 * What is synthesised. `name` is unique; `top` the module; `parameters` its parameters, with packages; `blackboxes` the
 * modules below it that are left out, because they are units of their own.
 */
const d5005 = "Cfg=ternac_pkg::ConfigD5005";
const tiny = "Cfg=ternac_pkg::ConfigTiny";
const tile = (name) => `Cfg=ternac_tile_pkg::${name}`;
const inTmatmul = [
  "ternac_ternary_sum",
  "ternac_rescale",
  "ternac_rescale_factor",
  "ternac_word_collector",
];

/** Parts of the d5005 core, for an Intel family. */
export const INTEL_UNITS = [
  { name: "front", top: "ternac_front", parameters: [d5005] },
  { name: "issue", top: "ternac_issue", parameters: [d5005] },
  { name: "memory_order", top: "ternac_memory_order", parameters: [d5005] },
  { name: "scalar_load", top: "ternac_scalar_load", parameters: [d5005] },
  { name: "vector_lane", top: "ternac_vector_regs", parameters: [tile("VectorLane")] },
  { name: "activation_lane", top: "ternac_activation_regs", parameters: [tile("ActivationLane")] },
  {
    name: "rowwise_control",
    top: "ternac_rowwise",
    parameters: [d5005],
    blackboxes: ["ternac_rowwise_lane"],
  },
  { name: "rowwise_lane", top: "ternac_rowwise_lane" },
  {
    name: "rms_shared_8",
    top: "ternac_rms",
    parameters: [tile("Lanes8")],
    blackboxes: ["ternac_rms_lane"],
  },
  {
    name: "rms_shared_16",
    top: "ternac_rms",
    parameters: [tile("Lanes16")],
    blackboxes: ["ternac_rms_lane"],
  },
  { name: "rms_lane", top: "ternac_rms_lane" },
  {
    name: "tmatmul_16",
    top: "ternac_tmatmul",
    parameters: [tile("Beat16")],
    blackboxes: inTmatmul,
  },
  {
    name: "tmatmul_32",
    top: "ternac_tmatmul",
    parameters: [tile("Beat32")],
    blackboxes: inTmatmul,
  },
  { name: "ternary_sum_16", top: "ternac_ternary_sum", parameters: ["Columns=16", "Rows=5"] },
  { name: "ternary_sum_64", top: "ternac_ternary_sum", parameters: ["Columns=64", "Rows=5"] },
  { name: "rescale", top: "ternac_rescale", parameters: ["Elements=10", "SumBits=21"] },
  { name: "rescale_factor", top: "ternac_rescale_factor", parameters: ["SumBits=21"] },
  {
    name: "word_collector",
    top: "ternac_word_collector",
    parameters: ["Lanes=64", "Elements=10", "WordIdx=7"],
  },
  {
    name: "weight_fetch",
    top: "ternac_weight_fetch",
    parameters: [d5005],
    blackboxes: ["ternac_weight_bank"],
  },
  { name: "weight_bank", top: "ternac_weight_bank", parameters: ["Width=512", "Depth=1024"] },
  { name: "lsu", top: "ternac_lsu", parameters: [d5005] },
  { name: "memory_port", top: "ternac_memory_port", parameters: [d5005] },
];

/**
 * The d5005 core as so many of those units: `[unit, times]`. A unit that grows by a line with its width w is
 * f(4w) = 3 f(2w) - 2 f(w). An adder tree of 256 columns is four of 64 and one more adder for each row, like the one that 64
 * have more than four of 16.
 */
export const D5005 = [
  { what: "front end", parts: [["front", 1]], how: "measured" },
  { what: "issue", parts: [["issue", 1]], how: "measured" },
  { what: "memory order", parts: [["memory_order", 1]], how: "measured" },
  { what: "scalar load", parts: [["scalar_load", 1]], how: "measured" },
  { what: "vector registers", parts: [["vector_lane", 64]], how: "a lane, times 64" },
  { what: "activation registers", parts: [["activation_lane", 64]], how: "a lane, times 64" },
  { what: "row-wise, control", parts: [["rowwise_control", 1]], how: "measured" },
  { what: "row-wise, lanes", parts: [["rowwise_lane", 64]], how: "a lane, times 64" },
  {
    what: "rms, shared",
    parts: [
      ["rms_shared_16", 7],
      ["rms_shared_8", -6],
    ],
    how: "a line through 8 and 16 lanes",
  },
  { what: "rms, lanes", parts: [["rms_lane", 64]], how: "a lane, times 64" },
  {
    what: "ternary unit, beats, order, codes",
    parts: [
      ["tmatmul_32", 3],
      ["tmatmul_16", -2],
    ],
    how: "a line through granules of 16 and 32 bytes",
  },
  {
    what: "ternary unit, adder trees",
    parts: [
      ["ternary_sum_64", 10],
      ["ternary_sum_16", -8],
    ],
    how: "trees of 16 and 64 columns, to two of 256",
  },
  { what: "rescale", parts: [["rescale", 1]], how: "measured" },
  { what: "rescale factor", parts: [["rescale_factor", 1]], how: "measured" },
  { what: "word collector", parts: [["word_collector", 1]], how: "measured" },
  { what: "weight fetch", parts: [["weight_fetch", 1]], how: "measured" },
  { what: "weight banks", parts: [["weight_bank", 8]], how: "a bank, times 8" },
  { what: "loads and stores", parts: [["lsu", 1]], how: "measured" },
  { what: "memory ports", parts: [["memory_port", 4]], how: "a port, times 4" },
];

/** What may fit an iCE40 HX8K, placed and routed. */
export const ICE40_UNITS = [
  {
    name: "tiny_memory_port",
    what: "memory port, tiny",
    top: "ternac_memory_port",
    parameters: [tiny],
  },
  {
    name: "paper_issue",
    what: "issue, paper (2 entries)",
    top: "ternac_issue",
    parameters: ["Cfg=ternac_pkg::ConfigPaper"],
  },
  {
    name: "tiny_memory_order",
    what: "memory order",
    top: "ternac_memory_order",
    parameters: [tiny],
  },
  {
    name: "tiny_weight_channel",
    what: "weight channel, tiny",
    top: "ternac_weight_channel",
    parameters: [tiny],
  },
  {
    name: "tiny_weight_bank",
    what: "weight bank, tiny",
    top: "ternac_weight_bank",
    parameters: ["Width=64", "Depth=512"],
  },
  {
    name: "tiny_weight_fetch",
    what: "weight fetch with its banks, tiny",
    top: "ternac_weight_fetch",
    parameters: [tiny],
  },
  {
    name: "ternary_sum_32_columns",
    what: "ternary sums, 32 columns, 5 rows",
    top: "ternac_ternary_sum",
    parameters: ["Columns=32", "Rows=5"],
  },
  {
    name: "tiny_rescale_factor",
    what: "rescale factor, tiny",
    top: "ternac_rescale_factor",
    parameters: ["SumBits=19"],
  },
  {
    name: "tiny_scalar_load",
    what: "scalar load, tiny",
    top: "ternac_scalar_load",
    parameters: [tiny],
  },
  { name: "scalar_alu", what: "scalar ALU", top: "ternac_scalar_alu" },
  {
    name: "access_check",
    what: "check of an access",
    top: "ternac_access_check",
    parameters: [tiny],
  },
  { name: "rms_factor", what: "rms factor", top: "ternac_rms_factor" },
  { name: "tiny_lsu", what: "loads and stores, tiny", top: "ternac_lsu", parameters: [tiny] },
  { name: "rowwise_divide", what: "divider of a row-wise lane", top: "ternac_rowwise_divide" },
  { name: "quantise", what: "quantiser of an rms lane", top: "ternac_rms_quantise" },
];
