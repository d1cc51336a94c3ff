import type { Specification } from "./load.js";

/** editors/vscode/snippets/tasm.json: a form of an instruction with its operands to fill in. */
export function emitSnippets({ instructions, aliases }: Specification): string {
  const snippets = [...instructions, ...aliases].map(({ mnemonic, syntax, summary, operands }) => {
    let next = 1;
    const place = (text: string) => `\${${next++}:${text}}`;
    const places = operands.map(({ kind, name }) =>
      kind === "mem" ? `${place("0")}(x${place("N")})` : place(name),
    );
    const body = places.length === 0 ? mnemonic : `${mnemonic} ${places.join(", ")}`;
    return [syntax, { prefix: mnemonic, body, description: summary }] as const;
  });
  return `${JSON.stringify(Object.fromEntries(snippets), null, 2)}\n`;
}
