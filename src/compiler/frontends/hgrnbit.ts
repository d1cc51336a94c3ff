import type { ModelConfig } from "../../checkpoint/config.js";
import { EMBEDDINGS, LM_HEAD } from "../../checkpoint/inventory.js";
import { type Packing, tritsPerByte } from "../../ternary/packing.js";
import { GraphBuilder } from "../ir/builder.js";
import { layerName } from "../ir/names.js";
import type { ConstantTensor, MatrixTensor, Program, Region, Tensor } from "../ir/types.js";
import {
  GATE_HALF,
  GATE_WEIGHT,
  glu,
  type HgrnBitShape,
  LOWER_BOUNDS,
  mlgru,
  STATE,
  UP_HALF,
} from "./hgrnbit-layer.js";
import { activations, rmsNorm } from "./layers.js";
import { lowerBounds } from "./lower-bounds.js";
import { rowBlocks, vocabularyRegions } from "./vocabulary.js";

export const LOGITS = "logits";

/** The small tensors of a checkpoint. */
export interface VectorSource {
  readTensor(name: string): Promise<Float32Array>;
}

const WIDE = { bits: 32, shift: 0 } as const;

/** The per-layer matrices of the model, with the rows and columns of each. */
function layerMatrices({ hidden, inner, intermediate }: HgrnBitShape): MatrixTensor[] {
  const matrix = (weight: string, rows: number, columns: number): MatrixTensor => ({
    kind: "matrix",
    name: weight,
    rows,
    columns,
    perLayer: true,
    weight,
    firstRow: 0,
  });
  const half = matrix(GATE_WEIGHT, intermediate, hidden);
  return [
    matrix("attn.i_proj.weight", inner, hidden),
    matrix("attn.f_proj.weight", inner, hidden),
    matrix("attn.g_proj.weight", inner, hidden),
    matrix("attn.o_proj.weight", hidden, inner),
    { ...half, name: GATE_HALF },
    { ...half, name: UP_HALF, firstRow: intermediate },
    matrix("mlp.down_proj.weight", hidden, intermediate),
  ];
}

/** The per-layer norm weights: name and length. */
function layerNorms({ hidden, inner, intermediate }: HgrnBitShape): [string, number][] {
  return [
    ["attn_norm.weight", hidden],
    ["attn.i_proj.norm.weight", hidden],
    ["attn.f_proj.norm.weight", hidden],
    ["attn.g_proj.norm.weight", hidden],
    ["attn.g_norm.weight", inner],
    ["attn.o_proj.norm.weight", inner],
    ["mlp_norm.weight", hidden],
    ["mlp.gate_proj.norm.weight", hidden],
    ["mlp.down_proj.norm.weight", intermediate],
  ];
}

async function constants(
  config: ModelConfig,
  shape: HgrnBitShape,
  source: VectorSource,
): Promise<ConstantTensor[]> {
  const read = async (name: string) => Float64Array.from(await source.readTensor(name));
  const tensors: ConstantTensor[] = [];
  for (const [name, length] of layerNorms(shape)) {
    const layers = Array.from({ length: config.layers }, (_, layer) => layerName(layer, name));
    const values = await Promise.all(layers.map(read)); // one by one they wait for the file
    tensors.push({
      kind: "constant",
      name,
      length,
      perLayer: true,
      values,
      factor: 1,
      storage: WIDE,
    });
  }
  if (shape.lowerBounds) {
    const values = lowerBounds(await read("model.lower_bounds"), config.layers);
    const length = shape.inner;
    tensors.push({
      kind: "constant",
      name: LOWER_BOUNDS,
      length,
      perLayer: true,
      values,
      factor: 1,
      storage: WIDE,
    });
  }
  for (const name of ["model.norm.weight", "lm_head.norm.weight"]) {
    const values = [await read(name)];
    tensors.push({
      kind: "constant",
      name,
      length: shape.hidden,
      perLayer: false,
      values,
      factor: 1,
      storage: WIDE,
    });
  }
  return tensors;
}

function tensorsOf(
  config: ModelConfig,
  shape: HgrnBitShape,
  constantTensors: readonly ConstantTensor[],
): Map<string, Tensor> {
  const all: Tensor[] = [
    {
      kind: "table",
      name: EMBEDDINGS,
      rows: config.vocabularySize,
      length: shape.hidden,
      source: EMBEDDINGS,
      factor: 1,
      storage: WIDE,
    },
    ...constantTensors,
    ...layerMatrices(shape),
    {
      kind: "matrix",
      name: LM_HEAD,
      rows: config.vocabularySize,
      columns: shape.hidden,
      perLayer: false,
      weight: LM_HEAD,
      firstRow: 0,
    },
    { kind: "state", name: STATE, length: shape.inner, layers: config.layers },
    { kind: "port", name: LOGITS, length: config.vocabularySize },
  ];
  return new Map(all.map((tensor) => [tensor.name, tensor]));
}

function region(
  name: string,
  summary: string,
  body: (g: GraphBuilder) => void,
  over: Pick<Region, "trips" | "advances"> = { trips: 1, advances: "nothing" },
): Region {
  const g = new GraphBuilder();
  body(g);
  return { name, summary, ...over, rowsPerTrip: 0, graph: g.graph() };
}

/**
 * One token step of an HGRNBit model, exactly as the published code computes it.
 * @param vlmax longest vector; the output matrix is multiplied in blocks of at most so many rows
 */
export async function hgrnBit(
  name: string,
  config: ModelConfig,
  source: VectorSource,
  { vlmax, packing }: { vlmax: number; packing: Packing },
): Promise<Program> {
  const shape: HgrnBitShape = {
    hidden: config.hiddenSize,
    inner: config.inputSize,
    intermediate: config.intermediateSize,
    eps: config.rmsNormEps,
    // Layer 0 has no lower bound, so a model of one layer has none at all.
    lowerBounds: config.useLowerBound && config.layers > 1,
  };
  const { hidden } = shape;
  const embed = region("embed", "the token's embedding", (g) => {
    g.output("x", g.embed(EMBEDDINGS, hidden, "x"));
  });
  const layers = region(
    "layers",
    "token mixer and channel mixer",
    (g) => {
      const x = g.input("x", "vector", hidden);
      const mixed = g.within("mlgru", () => mlgru(g, x, shape));
      g.output(
        "x",
        g.within("glu", () => glu(g, mixed, shape)),
      );
    },
    { trips: config.layers, advances: "layers" },
  );
  const head = region("head", "the final norm and the int8 input of lm_head", (g) => {
    const x = g.input("x", "vector", hidden);
    const normed = rmsNorm(g, x, { name: "model.norm.weight", length: hidden }, shape.eps, "u");
    const norm = { name: "lm_head.norm.weight", length: hidden };
    g.output("features", activations(g, normed, norm, "features"));
  });
  const blocks = rowBlocks(config.vocabularySize, vlmax, tritsPerByte(packing));
  return {
    name,
    layers: config.layers,
    tensors: tensorsOf(config, shape, await constants(config, shape, source)),
    regions: [embed, layers, head, ...vocabularyRegions(blocks, hidden)],
  };
}
