/** The shells of a D5005: what is on the card besides the accelerator, by the PCI ids that it shows. */

export const INTEL = 0x8086;

export interface Shell {
  /** As in docs/card/driver.md. */
  readonly name: "A" | "B";
  readonly description: string;
  /** Whether it is a virtual function: an accelerator without the card's management. */
  readonly virtual: boolean;
}

const A = "Acceleration Stack 2.0 (PAC D5005)";
const B = "Open FPGA Stack (OFS)";

const SHELLS: Readonly<Record<number, Shell>> = {
  2859: { name: "A", description: A, virtual: false },
  2860: { name: "A", description: A, virtual: true },
  48334: { name: "B", description: B, virtual: false },
  48335: { name: "B", description: B, virtual: true },
};

/** The shell that shows these ids; undefined when it is none of a D5005. */
export function shellOf(vendorId: number, deviceId: number): Shell | undefined {
  return vendorId === INTEL ? SHELLS[deviceId] : undefined;
}

/** For people: `A, Acceleration Stack 2.0 (PAC D5005)`. */
export function formatShell(shell: Shell | undefined): string {
  if (!shell) return "unknown";
  return `${shell.name}, ${shell.description}${shell.virtual ? ", virtual function" : ""}`;
}
