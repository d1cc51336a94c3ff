import type { GraphBuilder } from "../ir/builder.js";
import type { NodeId } from "../ir/types.js";

/** eps of the normalisation in front of every ternary product: the published code's fused path. */
export const BITLINEAR_EPS = 1e-6;

/** A constant vector's tensor name, and how many elements it has. */
export interface VectorName {
  readonly name: string;
  readonly length: number;
}

/** A ternary product with the weights of the normalisation in front of it. */
export interface BitLinearNames {
  readonly matrix: string;
  /** The weight whose scale applies. */
  readonly weight: string;
  readonly rows: number;
  readonly norm: VectorName;
}

/** x / sqrt(mean(x^2) + eps) * weight */
export function rmsNorm(
  g: GraphBuilder,
  x: NodeId,
  weight: VectorName,
  eps: number,
  hint: string,
): NodeId {
  const normalised = g.norm(x, eps, `${hint}_norm`);
  const w = g.constant(weight.name, weight.length, `${hint}_weight`);
  return g.binary("mul", normalised, w, hint);
}

/** The int8 input of a ternary product: normalised, then quantised. */
export function activations(g: GraphBuilder, x: NodeId, norm: VectorName, hint: string): NodeId {
  return g.quant(rmsNorm(g, x, norm, BITLINEAR_EPS, `${hint}_in`), `${hint}_q`);
}

/** A ternary linear layer: rms, int8 quantisation, product. */
export function bitLinear(g: GraphBuilder, x: NodeId, names: BitLinearNames, hint: string): NodeId {
  const q = activations(g, x, names.norm, hint);
  const scale = g.scale(names.weight, `${hint}_scale`);
  return g.product(names.matrix, names.rows, q, scale, hint);
}

export interface RecurrenceNames {
  readonly state: VectorName;
  /** Lower bounds of the forget gate, if the model has them. */
  readonly lowerBound?: VectorName;
}

/**
 * The recurrence of the MLGRU: f = sigmoid(forget), raised to its lower bound; the state becomes
 * f * h + (1 - f) * silu(candidate).
 * @returns the new state
 */
export function recurrence(
  g: GraphBuilder,
  candidate: NodeId,
  forget: NodeId,
  { state, lowerBound }: RecurrenceNames,
): NodeId {
  let f = g.unary("sig", forget, "f");
  if (lowerBound) {
    const bound = g.constant(lowerBound.name, lowerBound.length, "lb");
    const room = g.unary("complement", bound, "lb_room");
    f = g.binary("add", bound, g.binary("mul", room, f, "f_part"), "f_bounded");
  }
  const c = g.unary("silu", candidate, "c");
  const taken = g.binary("mul", c, g.unary("complement", f, "f_rest"), "c_part");
  const before = g.load(state.name, state.length, "h_old");
  const h = g.binary("add", g.binary("mul", f, before, "h_kept"), taken, "h");
  g.store(state.name, h);
  return h;
}
