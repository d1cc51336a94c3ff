import { GraphBuilder } from "../ir/builder.js";
import type { MatrixTensor, NodeId, Program, Tensor } from "../ir/types.js";
import { BITLINEAR_EPS, recurrence } from "./layers.js";

/** A ternary matrix that is given, not read from a checkpoint. */
export interface GivenMatrix {
  /** rows x columns values of -1, 0, 1, row-major. */
  readonly trits: Int8Array;
  /** What a product with the trits is multiplied with; a binary32 number. */
  readonly scale: number;
}

/** One layer of the paper's token mixer. */
export interface MlgruLayer {
  /** Elements of the input and of the output. */
  readonly width: number;
  /** Elements of the recurrent state. */
  readonly stateWidth: number;
  /** W_f, W_c, W_g: stateWidth x width. W_o: width x stateWidth. */
  readonly f: GivenMatrix;
  readonly c: GivenMatrix;
  readonly g: GivenMatrix;
  readonly o: GivenMatrix;
}

export const MLGRU_MATRICES = ["f", "c", "g", "o"] as const;
export type MlgruMatrix = (typeof MLGRU_MATRICES)[number];

/** Name of a matrix in the image. */
export function matrixName(matrix: MlgruMatrix): string {
  return `w_${matrix}`;
}

/** What a ternary product multiplies: the int8 values of the normalised vector, without weights. */
function quantised(g: GraphBuilder, x: NodeId, hint: string): NodeId {
  return g.quant(g.norm(x, BITLINEAR_EPS, `${hint}_norm`), `${hint}_q`);
}

/**
 * One step of the MLGRU in the paper's form: f = sigmoid(x W_f), c = silu(x W_c), g = sigmoid(x W_g),
 * h = f * h + (1 - f) * c, o = (g * h) W_o. Every product normalises and quantises its input.
 * The host puts x at `input` and finds o at `output`; h is at `state`.
 */
export function paperMlgru(name: string, { width, stateWidth }: MlgruLayer): Program {
  const g = new GraphBuilder();
  const product = (matrix: MlgruMatrix, rows: number, q: NodeId, hint: string): NodeId => {
    const weight = matrixName(matrix);
    return g.product(weight, rows, q, g.scale(weight, `${hint}_scale`), hint);
  };
  g.within("mlgru", () => {
    const q = quantised(g, g.load("input", width, "x"), "x");
    const forget = product("f", stateWidth, q, "xf");
    const candidate = product("c", stateWidth, q, "xc");
    const gate = g.unary("sig", product("g", stateWidth, q, "xg"), "g");
    const h = recurrence(g, candidate, forget, { state: { name: "state", length: stateWidth } });
    const gated = quantised(g, g.binary("mul", gate, h, "gh"), "gh");
    g.store("output", product("o", width, gated, "o"));
  });

  const matrix = (letter: MlgruMatrix, rows: number, columns: number): MatrixTensor => ({
    kind: "matrix",
    name: matrixName(letter),
    rows,
    columns,
    perLayer: false,
    weight: matrixName(letter),
    firstRow: 0,
  });
  const tensors: Tensor[] = [
    matrix("f", stateWidth, width),
    matrix("c", stateWidth, width),
    matrix("g", stateWidth, width),
    matrix("o", width, stateWidth),
    { kind: "port", name: "input", length: width },
    { kind: "port", name: "output", length: width },
    { kind: "state", name: "state", length: stateWidth, layers: 1 },
  ];
  return {
    name,
    layers: 1,
    tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])),
    regions: [
      {
        name: "layer",
        summary: "one step of the MLGRU",
        trips: 1,
        advances: "nothing",
        rowsPerTrip: 0,
        graph: g.graph(),
      },
    ],
  };
}
