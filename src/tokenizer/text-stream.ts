import type { TextStream } from "./tokenizer.js";

const REPLACEMENT = "\ufffd";
/** Ids of context whose text decides about the first new one. */
const CONTEXT = 4;

/**
 * Stream the text of any decoder by decoding a window of ids anew with each one.
 *
 * An incomplete character at the end decodes to one U+FFFD, so all but a last U+FFFD is certain.
 * The window starts anew where no character is pending.
 */
export function streamText(
  decode: (ids: readonly number[]) => string,
  context: readonly number[],
): TextStream {
  let window = context.slice(-CONTEXT);
  let length = window.length;
  let shown = decode(window).length;
  const text = () => decode(window).slice(shown);
  return {
    push(id) {
      window.push(id);
      const added = text();
      if (added.endsWith(REPLACEMENT)) {
        shown += added.length - 1;
        return added.slice(0, -1);
      }
      // The ids up to here remain as the context of the next ones.
      window = window.slice(length);
      length = window.length;
      shown = decode(window).length;
      return added;
    },
    end() {
      const added = text();
      shown += added.length;
      return added;
    },
  };
}
