/** A clock that depends on an event to come. */
export const UNKNOWN = Number.POSITIVE_INFINITY;
