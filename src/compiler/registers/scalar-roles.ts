import { REGISTERS } from "../../isa/generated.js";

/** What the x registers of a compiled program are for; each has its name in the assembly. */
export const SCALAR_ROLES = {
  entry: "the newest entry of the input queue",
  token: "the token of this step",
  count: "how many tokens are still to be produced",
  stop_token: "the token that ends a run of count > 1",
  trips_left: "trips that a loop still makes",
  layer_data: "this layer's constants and matrices",
  layer_scales: "this layer's scales",
  layer_state: "this layer's state",
  block_matrix: "this block's rows of the output matrix",
  block_logits: "where this block's logits go",
  block_first: "index of this block's first logit",
  best_token: "the most likely token so far",
  best_logit: "its logit",
  one: "1.0",
  address: "an address in the making",
  scratch: "a value in the making",
} as const;

export type ScalarRole = keyof typeof SCALAR_ROLES;

/** x0 is zero, x1 the link register; x2 to x4 are left to whoever edits the program by hand. */
const FIRST = 5;

export const SCALAR_REGISTERS = Object.fromEntries(
  Object.keys(SCALAR_ROLES).map((role, i) => [role, FIRST + i]),
) as Record<ScalarRole, number>;

/** Registers for scales: what the roles leave over. */
export const SCALE_REGISTERS: readonly number[] = Array.from(
  { length: REGISTERS.x.count - FIRST - Object.keys(SCALAR_ROLES).length },
  (_, i) => FIRST + Object.keys(SCALAR_ROLES).length + i,
);
