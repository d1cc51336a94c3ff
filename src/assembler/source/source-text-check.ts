import { MAX_SOURCE_CHARACTERS } from "../limits.js";

export interface NoSource {
  readonly problem: string;
  readonly help?: string;
}

/** The text of a source file, or why its bytes are none. */
export function decodeSource(bytes: Uint8Array): string | NoSource {
  if (bytes.length > 3 * MAX_SOURCE_CHARACTERS) return tooLong();
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return {
      problem: "not a source file: its bytes are no UTF-8 text",
      help: "include data with .incbin",
    };
  }
  return checkSource(text) ?? text;
}

/** Why a text cannot be assembled, or undefined. */
export function checkSource(text: string): NoSource | undefined {
  if (text.includes("\0"))
    return {
      problem: "not a source file: it holds NUL characters",
      help: "include data with .incbin",
    };
  return text.length > MAX_SOURCE_CHARACTERS ? tooLong() : undefined;
}

function tooLong(): NoSource {
  return {
    problem: `the source has more than ${MAX_SOURCE_CHARACTERS} characters`,
    help: "include large data with .incbin",
  };
}
