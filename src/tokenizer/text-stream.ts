import type { TextStream } from "./tokenizer.js";

const REPLACEMENT = "\ufffd";
/** Ids before the newest that may decide about its text, such as whether a space comes first. */
const CONTEXT = 4;

/**
 * Stream the text of any decoder by decoding a window of ids anew with each one.
 *
 * An incomplete character at the end decodes to one U+FFFD, so all but a last U+FFFD is certain.
 * The window is cut where no character is pending.
 */
export function streamText(
  decode: (ids: readonly number[]) => string,
  context: readonly number[],
): TextStream {
  let window = tail(decode, context);
  let shown = withoutPending(decode(window)).length;
  return {
    push(id) {
      window.push(id);
      const text = decode(window);
      const certain = withoutPending(text);
      const added = certain.slice(shown);
      shown = certain.length;
      if (certain === text) {
        window = tail(decode, window);
        shown = decode(window).length;
      }
      return added;
    },
    end() {
      const added = decode(window).slice(shown);
      shown += added.length;
      return added;
    },
  };
}

/** The last few ids, more where these would begin within a character. */
function tail(decode: (ids: readonly number[]) => string, ids: readonly number[]): number[] {
  for (let count = CONTEXT; count < ids.length; count *= 2) {
    const last = ids.slice(-count);
    if (!decode(last).includes(REPLACEMENT)) return last;
  }
  return [...ids];
}

function withoutPending(text: string): string {
  return text.endsWith(REPLACEMENT) ? text.slice(0, -1) : text;
}
