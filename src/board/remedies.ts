/** What a user can do about a card that fails; said by more than one message. */

const COLD_START = "cold-start the machine and program the card again: ternac flash FILE.gbs";
/** The card hangs, but its registers can be reached. */
export const RESET = `reset it: ternac board reset; if that fails, too, ${COLD_START}`;
/** The card does not answer; it may have turned itself off. */
export const GONE = `reset it: ternac board reset; if that does not find it, ${COLD_START}`;
/** The reason is to be found in the system. */
export const DOCTOR = "find out why: ternac board doctor";
/** There is no card. */
export const NO_CARD = `${DOCTOR}; if it was there before, ${COLD_START}; or do without a card: --board sim`;
/** Nobody else may touch the card. */
export const ALONE =
  "run the command again, and let no other program use or reset the card meanwhile";
/** Something on the way damaged data. */
export const FAULTY =
  "try again; if it happens again, the link or the card is faulty: see `ternac board doctor`";
/** The host has no memory for the card. */
export const MEMORY = "let your user lock memory: ulimit -l unlimited (see `ternac board doctor`)";
