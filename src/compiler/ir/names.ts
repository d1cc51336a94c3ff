/** Name of a layer's tensor, in the checkpoint and in the image. */
export function layerName(layer: number, name: string): string {
  return `model.layers.${layer}.${name}`;
}
