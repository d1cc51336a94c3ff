/** What a run of a model amounted to. */
export interface Speed {
  /** Tokens that the model took in or produced. */
  readonly fed: number;
  readonly instructions: number;
  readonly seconds: number;
}

/** One line for people. */
export function formatSpeed({ fed, instructions, seconds }: Speed): string {
  const rounded = (value: number) => Math.round(value).toLocaleString("en");
  const perToken = fed === 0 ? 0 : instructions / fed;
  return [
    `${fed.toLocaleString("en")} tokens in ${seconds.toFixed(1)} s`,
    `${(fed / seconds).toFixed(1)} tokens/s`,
    `${rounded(instructions)} instructions, ${rounded(perToken)} a token`,
  ].join("; ");
}
