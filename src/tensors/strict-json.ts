import { UserError } from "../diagnostics/diagnostic.js";

/** What is wrong in a JSON text, and where. */
interface Fault {
  readonly offset: number;
  readonly message: string;
}

const LITERAL = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const DEEPEST = 512;

/**
 * The value of a JSON text. Stricter than `JSON.parse`: a key that occurs twice in one object is an
 * error, because readers disagree about which of the two counts; so is nesting beyond 512 levels.
 * @param file named in messages
 * @throws UserError with line and column of the first fault
 */
export function parseJson(file: string, text: string, help?: string): unknown {
  const fault = new Checker(text).check();
  if (fault) {
    const before = text.slice(0, fault.offset);
    const line = before.split("\n").length;
    const column = fault.offset - before.lastIndexOf("\n");
    throw new UserError(`${file}:${line}:${column}: ${fault.message}`, help);
  }
  return JSON.parse(text);
}

/** The text of UTF-8 bytes; a byte order mark is skipped. */
export function decodeUtf8(file: string, bytes: Uint8Array, help?: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`${file} is not UTF-8 text`, help);
  }
}

/** Is it a JSON object, and neither an array nor null? */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A short JSON rendering of a value for a message. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Walks a text without building its value, so that hostile input costs no more than its length. */
class Checker {
  private at = 0;
  /** The keys of each open object, or null for an open array. */
  private readonly open: (Set<string> | null)[] = [];

  constructor(private readonly text: string) {}

  check(): Fault | undefined {
    for (;;) {
      const fault = this.value();
      if (fault) return fault;
      const more = this.separators();
      if (typeof more === "object") return more;
      if (!more) break;
    }
    this.space();
    return this.at < this.text.length ? this.expected("nothing after the JSON value") : undefined;
  }

  /** A scalar, or the opening of an object or array up to where its first value starts. */
  private value(): Fault | undefined {
    for (;;) {
      this.space();
      const character = this.text[this.at];
      if (character === '"') {
        const string = this.string();
        return typeof string === "string" ? undefined : string;
      }
      if (character !== "{" && character !== "[") return this.literal();
      if (this.open.length === DEEPEST) {
        return { offset: this.at, message: `nested deeper than ${DEEPEST} levels` };
      }
      this.at++;
      this.space();
      if (this.text[this.at] === (character === "[" ? "]" : "}")) {
        this.at++;
        return undefined;
      }
      this.open.push(character === "[" ? null : new Set());
      if (character === "{") {
        const fault = this.key();
        if (fault) return fault;
      }
    }
  }

  /** What follows a value: true when another value follows, false at the end of the outermost. */
  private separators(): boolean | Fault {
    for (;;) {
      const keys = this.open.at(-1);
      if (keys === undefined) return false;
      this.space();
      const character = this.text[this.at];
      if (character === ",") {
        this.at++;
        if (keys === null) return true;
        this.space();
        return this.key() ?? true;
      }
      if (character !== (keys ? "}" : "]"))
        return this.expected(keys ? '"," or "}"' : '"," or "]"');
      this.at++;
      this.open.pop();
    }
  }

  private key(): Fault | undefined {
    const offset = this.at;
    if (this.text[this.at] !== '"') return this.expected("a key in double quotes");
    const raw = this.string();
    if (typeof raw !== "string") return raw;
    const key = raw.includes("\\") ? (JSON.parse(raw) as string) : raw.slice(1, -1);
    const keys = this.open.at(-1)!;
    if (keys.has(key)) return { offset, message: `key ${shown(key)} occurs twice` };
    keys.add(key);
    this.space();
    if (this.text[this.at] !== ":") return this.expected('":"');
    this.at++;
    return undefined;
  }

  private string(): string | Fault {
    const start = this.at++;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x22) return this.text.slice(start, ++this.at);
      if (Number.isNaN(code)) return { offset: start, message: "string without an end" };
      if (code < 0x20) return this.expected("no control character in a string");
      if (code === 0x5c) {
        ESCAPE.lastIndex = this.at;
        if (!ESCAPE.test(this.text)) return this.expected("a JSON escape");
        this.at = ESCAPE.lastIndex;
      } else this.at++;
    }
  }

  private literal(): Fault | undefined {
    LITERAL.lastIndex = this.at;
    if (!LITERAL.test(this.text)) return this.expected("a JSON value");
    this.at = LITERAL.lastIndex;
    return undefined;
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  private expected(what: string): Fault {
    const found = this.text.slice(this.at, this.at + 1);
    return {
      offset: this.at,
      message: `expected ${what}, found ${found ? JSON.stringify(found) : "the end of the text"}`,
    };
  }
}
