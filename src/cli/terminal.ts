import { Chalk, type ColorName } from "chalk";

type Style = "bold" | ColorName;

/** Whether colours are wanted is decided here, by stream; chalk only knows the standard output. */
const chalk = new Chalk({ level: 1 });

/**
 * Whether text that goes to a stream may hold colours: only on a terminal that knows them, and not
 * when NO_COLOR is set to anything (https://no-color.org). FORCE_COLOR overrides the terminal's say.
 */
export function hasColors(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return stream.isTTY === true && TERM !== "dumb";
}

/** A function that styles text for a stream, or leaves it as it is. */
export function styler(
  stream: NodeJS.WriteStream,
): (style: Style | readonly Style[], text: string) => string {
  if (!hasColors(stream)) return (_, text) => text;
  return (style, text) => [style].flat().reduce((styled, name) => chalk[name](styled), text);
}
