import type { Finding } from "../board/index.js";
import { styler } from "./terminal.js";

const LABELS = {
  ok: ["green", "ok"],
  warning: ["yellow", "warning"],
  fail: ["red", "fail"],
} as const;

/** What was found, a line each, with what to do under it. */
export function formatFindings(findings: readonly Finding[]): string {
  const style = styler(process.stdout);
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ check, status, message, help }) => {
    const [colour, label] = LABELS[status];
    const first = `${style(colour, label.padEnd(7))}  ${check.padEnd(width)}  ${message}`;
    return help ? [first, `${" ".repeat(11 + width)}${style("cyan", "->")} ${help}`] : [first];
  });
  const failed = findings.filter(({ status }) => status === "fail").length;
  const warned = findings.filter(({ status }) => status === "warning").length;
  const summary =
    failed > 0
      ? `${failed} to be put right before a card works`
      : warned > 0
        ? `the card can be used; ${warned} to be put right`
        : "the card can be used";
  return [...lines, "", summary].join("\n");
}
