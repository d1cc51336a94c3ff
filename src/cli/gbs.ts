import { type Gbs, plainValue } from "../gbs/index.js";
import { formatProperties } from "./properties.js";

const clock = (mhz: number | undefined) => (mhz ? `${mhz} MHz` : "not stated");

/** What a GBS file says, for people. */
export function formatGbs({ metadata, payload, signed }: Gbs): string {
  const { platformName, interfaceUuid, clusters, power } = metadata;
  return formatProperties([
    ["interface UUID", interfaceUuid],
    ...clusters.flatMap(({ name, acceleratorTypeUuid, totalContexts }): [string, string][] => [
      ["accelerator", name],
      ["accelerator UUID", acceleratorTypeUuid],
      ["contexts", `${totalContexts}`],
    ]),
    ["clock, high", clock(metadata.clockFrequencyHigh)],
    ["clock, low", clock(metadata.clockFrequencyLow)],
    ["power", power ? `${power} W` : "not stated"],
    ["platform", platformName || "not stated"],
    ["signature", signed ? "in front of the bitstream; not checked" : "none"],
    ["bitstream, bytes", payload.length.toLocaleString("en")],
  ]);
}

/** The same for --json, with all of the metadata. */
export function jsonGbs({ metadata, tree, payload, signed }: Gbs) {
  return { ...metadata, signed, bitstreamBytes: payload.length, metadata: plainValue(tree) };
}
