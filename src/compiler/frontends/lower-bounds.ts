/**
 * Lower bounds of the forget gates: with p the softmax of the parameters over the layers, layer n
 * has p_1 + ... + p_n, so layer 0 has none.
 * @param parameters [layers, width], row-major
 * @returns one vector a layer
 */
export function lowerBounds(parameters: Float64Array, layers: number): Float64Array[] {
  const width = parameters.length / layers;
  const bounds = Array.from({ length: layers }, () => new Float64Array(width));
  for (let k = 0; k < width; k++) {
    const column = bounds.map((_, layer) => parameters[layer * width + k]!);
    const largest = Math.max(...column);
    const powers = column.map((value) => Math.exp(value - largest));
    const total = powers.reduce((sum, power) => sum + power, 0);
    let bound = 0;
    for (let layer = 1; layer < layers; layer++) {
      bound += powers[layer]! / total;
      bounds[layer]![k] = bound;
    }
  }
  return bounds;
}
