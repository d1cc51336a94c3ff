import type { Checkpoint, ModelConfig, TensorKind, TritCounts } from "../checkpoint/index.js";
import { elementCount } from "../tensors/element-type.js";
import { bytes, percent, type ReportPart } from "./format-report.js";
import { type Column, formatTable } from "./table.js";

/** What is in a checkpoint. Plain data: it can be written as JSON. */
export interface CheckpointReport {
  readonly name: string;
  readonly config: Omit<ModelConfig, "json">;
  /** Numbers of all tensors. */
  readonly parameters: number;
  readonly ternaryParameters: number;
  readonly tensors: readonly TensorReport[];
  /** Zeros over all ternary weights, 0 to 1. */
  readonly sparsity: number;
}

export interface TensorReport {
  readonly name: string;
  readonly kind: TensorKind;
  /** Rows (outputs) first. */
  readonly shape: readonly number[];
  /** Of a ternary matrix: how its weights were rounded. */
  readonly trits?: TritCounts & {
    /** s: weights were multiplied by it before they were rounded. */
    readonly scale: number;
    /** Zeros over all weights, 0 to 1. */
    readonly sparsity: number;
  };
}

/**
 * Collects what is in a checkpoint. Every ternary matrix is ternarised once, one at a time.
 * @param onTensor told how many tensors are done
 */
export async function reportCheckpoint(
  checkpoint: Checkpoint,
  onTensor?: (done: number, total: number) => void,
): Promise<CheckpointReport> {
  const tensors: TensorReport[] = [];
  for (const { name, kind, shape } of checkpoint.tensors) {
    const trits = kind === "ternary" ? await tritsOf(checkpoint, name) : undefined;
    tensors.push({ name, kind, shape, ...(trits && { trits }) });
    onTensor?.(tensors.length, checkpoint.tensors.length);
  }
  const ternary = tensors.filter(({ trits }) => trits);
  const count = (list: readonly TensorReport[]) =>
    list.reduce((sum, { shape }) => sum + elementCount(shape), 0);
  const zeros = ternary.reduce((sum, { trits }) => sum + trits!.zero, 0);
  const { json, ...config } = checkpoint.config;
  return {
    name: checkpoint.name,
    config,
    parameters: count(tensors),
    ternaryParameters: count(ternary),
    tensors,
    sparsity: zeros / Math.max(1, count(ternary)),
  };
}

async function tritsOf(checkpoint: Checkpoint, name: string): Promise<TensorReport["trits"]> {
  const { counts, scale } = await checkpoint.ternaryMatrix(name);
  const total = counts.plus + counts.minus + counts.zero;
  return { ...counts, scale, sparsity: counts.zero / Math.max(1, total) };
}

const TENSOR_COLUMNS: readonly Column[] = [
  { title: "name" },
  { title: "kind" },
  { title: "shape" },
  { title: "-1", right: true },
  { title: "0", right: true },
  { title: "+1", right: true },
  { title: "zeros", right: true },
  { title: "scale", right: true },
];

/** The report of a checkpoint as tables. */
export function formatCheckpointReport(report: CheckpointReport): ReportPart[] {
  const { parameters, ternaryParameters, sparsity, config } = report;
  // 1.6 and 2 bits a weight: what the packings need, without padding.
  const packed = `${bytes(Math.ceil(ternaryParameters / 5))} (t5), ${bytes(Math.ceil(ternaryParameters / 4))} (t4)`;
  const properties: [string, string][] = [
    ["name", report.name],
    ...Object.entries(config).map(([name, value]): [string, string] => [name, String(value)]),
    ["parameters", parameters.toLocaleString("en")],
    ["ternary", `${ternaryParameters.toLocaleString("en")}, packed ${packed}`],
    ["zero weights", percent(sparsity)],
  ];
  const width = Math.max(...properties.map(([name]) => name.length));
  return [
    {
      heading: "Model",
      lines: properties.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    },
    {
      heading: "Tensors",
      lines: formatTable(
        TENSOR_COLUMNS,
        report.tensors.map(({ name, kind, shape, trits }) => [
          name,
          kind,
          shape.join(" x "),
          ...(trits
            ? [
                String(trits.minus),
                String(trits.zero),
                String(trits.plus),
                percent(trits.sparsity),
                trits.scale.toPrecision(5),
              ]
            : []),
        ]),
      ),
    },
  ];
}
