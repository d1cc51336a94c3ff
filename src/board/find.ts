import { UserError } from "../diagnostics/diagnostic.js";
import { isTernac } from "./accelerator.js";
import {
  type FpgaLibrary,
  type FpgaResource,
  formatPciAddress,
  parsePciAddress,
  type ResourceKind,
  sameCard,
} from "./library.js";
import { NO_CARD } from "./remedies.js";

/**
 * What the user means by a card: the only resource of a kind, or the one at a PCI address.
 * @param choice `auto`, or a PCI address
 * @throws UserError when there is none, or several to choose from
 */
export function findResource(
  library: FpgaLibrary,
  kind: ResourceKind,
  choice: string,
): FpgaResource {
  const all = library.enumerate(kind);
  const address = parsePciAddress(choice);
  const fitting = all.filter((found) => !address || sameCard(found.address, address));
  // Several accelerators may be on a card (virtual functions); ours is meant.
  const wanted = fitting.some(isTernac) ? fitting.filter(isTernac) : fitting;
  const [first, ...others] = wanted;
  for (const found of all) if (found !== first || others.length > 0) found.release();
  if (!first) throw notFound(kind, choice, all);
  if (others.length > 0)
    throw new UserError(
      `there are ${wanted.length} cards: ${addresses(wanted)}`,
      "choose one with --board",
    );
  return first;
}

/**
 * The accelerator of a card.
 * @throws UserError when the card was not programmed, or with something else
 */
export function findAccelerator(library: FpgaLibrary, choice: string): FpgaResource {
  const found = findResource(library, "accelerator", choice);
  if (isTernac(found)) return found;
  found.release();
  throw new UserError(
    `the card at ${formatPciAddress(found.address)} holds another accelerator, ${found.uuid}`,
    "program it: ternac flash FILE.gbs",
  );
}

function addresses(resources: readonly FpgaResource[]): string {
  return resources.map(({ address }) => formatPciAddress(address)).join(", ");
}

function notFound(kind: ResourceKind, choice: string, all: readonly FpgaResource[]): UserError {
  if (all.length > 0)
    return new UserError(
      `there is no card at ${choice}; there are some at ${addresses(all)}`,
      "see `ternac board list`",
    );
  return new UserError(
    kind === "device" ? "no card was found" : "no card with an accelerator was found",
    NO_CARD,
  );
}
