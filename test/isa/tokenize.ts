/** A rule of a TextMate grammar, as far as the assembly grammar uses them. */
interface Rule {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
}

/**
 * The scopes that a grammar gives to the parts of a line, as an editor finds them: at every place
 * the rule whose match begins first, and of several the one that is listed first.
 */
export function tokenize(rules: readonly Rule[], line: string): [text: string, scope: string][] {
  const compiled = rules.map((rule) => ({
    rule,
    regex: new RegExp(rule.match ?? rule.begin!, "dg"),
  }));
  const tokens: [string, string][] = [];
  let at = 0;
  while (at < line.length) {
    let first: { rule: Rule; match: RegExpExecArray } | undefined;
    for (const { rule, regex } of compiled) {
      regex.lastIndex = at;
      const match = regex.exec(line);
      if (match && (!first || match.index < first.match.index)) first = { rule, match };
    }
    if (!first) break;
    const { rule, match } = first;
    if (match[0] === "") throw new Error(`a rule matches nothing: ${rule.match ?? rule.begin}`);
    at = match.index + match[0].length;
    if (rule.end !== undefined) {
      const end = new RegExp(rule.end, "g");
      end.lastIndex = at;
      const close = end.exec(line);
      at = close ? close.index + close[0].length : line.length;
      tokens.push([line.slice(match.index, at), rule.name!]);
    } else if (rule.name !== undefined) {
      tokens.push([match[0], rule.name]);
    } else {
      for (const [group, { name }] of Object.entries(rule.captures!))
        if (match[Number(group)] !== undefined) tokens.push([match[Number(group)]!, name]);
    }
  }
  return tokens;
}
