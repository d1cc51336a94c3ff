import { CONFIGURATIONS } from "./generated.js";
import type { Configuration } from "./spec.js";

/** The configuration of that name, if there is one. */
export function findConfiguration(name: string): Configuration | undefined {
  return CONFIGURATIONS.find((configuration) => configuration.name === name);
}

/** What programs are made for, and machines are, when nobody says otherwise. */
export const DEFAULT_CONFIGURATION: Configuration = findConfiguration("d5005")!;
