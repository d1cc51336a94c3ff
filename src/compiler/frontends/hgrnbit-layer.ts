import type { GraphBuilder } from "../ir/builder.js";
import type { NodeId } from "../ir/types.js";
import { activations, bitLinear, recurrence, rmsNorm, type VectorName } from "./layers.js";

/** Widths of the model, and its eps. */
export interface HgrnBitShape {
  /** H: elements of the stream. */
  readonly hidden: number;
  /** D: elements of the recurrent state. */
  readonly inner: number;
  /** I: elements of the channel mixer. */
  readonly intermediate: number;
  readonly eps: number;
  readonly lowerBounds: boolean;
}

export const LOWER_BOUNDS = "lower_bounds";
export const STATE = "state";

function norm(weight: string, length: number): VectorName {
  return { name: `${weight.replace(/\.weight$/, "")}.norm.weight`, length };
}

/** The token mixer: MLGRU with the published code's output gate, rms(g) * silu(h). */
export function mlgru(g: GraphBuilder, x: NodeId, shape: HgrnBitShape): NodeId {
  const { hidden, inner, eps } = shape;
  const project = (letter: string, input: NodeId): NodeId => {
    const weight = `attn.${letter}_proj.weight`;
    const names = { matrix: weight, weight, rows: inner, norm: norm(weight, hidden) };
    return bitLinear(g, input, names, letter);
  };
  const u = rmsNorm(g, x, { name: "attn_norm.weight", length: hidden }, eps, "u");
  const i = project("i", u);
  const f = project("f", u);
  const lowerBound = shape.lowerBounds ? { name: LOWER_BOUNDS, length: inner } : undefined;
  const h = recurrence(g, i, f, {
    state: { name: STATE, length: inner },
    ...(lowerBound && { lowerBound }),
  });
  const gate = rmsNorm(
    g,
    project("g", u),
    { name: "attn.g_norm.weight", length: inner },
    eps,
    "gate",
  );
  const o = g.binary("mul", gate, g.unary("silu", h, "h_act"), "o");
  const weight = "attn.o_proj.weight";
  const names = { matrix: weight, weight, rows: hidden, norm: norm(weight, inner) };
  return g.binary("add", x, bitLinear(g, o, names, "mixed"), "x_mid");
}

/** Names of the two halves of `mlp.gate_proj.weight`. */
export const GATE_WEIGHT = "mlp.gate_proj.weight";
export const GATE_HALF = `${GATE_WEIGHT}.gate`;
export const UP_HALF = `${GATE_WEIGHT}.up`;

/** The channel mixer: a gated linear unit. */
export function glu(g: GraphBuilder, x: NodeId, shape: HgrnBitShape): NodeId {
  const { hidden, intermediate, eps } = shape;
  const v = rmsNorm(g, x, { name: "mlp_norm.weight", length: hidden }, eps, "v");
  const q = activations(g, v, norm(GATE_WEIGHT, hidden), "ab");
  const scale = g.scale(GATE_WEIGHT, "ab_scale");
  const a = g.product(GATE_HALF, intermediate, q, scale, "a");
  const b = g.product(UP_HALF, intermediate, q, scale, "b");
  const gated = g.binary("mul", g.unary("silu", a, "a_act"), b, "gated");
  const weight = "mlp.down_proj.weight";
  const names = { matrix: weight, weight, rows: hidden, norm: norm(weight, intermediate) };
  return g.binary("add", x, bitLinear(g, gated, names, "down"), "x_next");
}
