import type { BenchReport, StepResult } from "./results.js";

const WIDTH = 760;
const LABEL = 300;
const BAR = 340;
const ROW = 22;
const HEADING = 34;

interface Bar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
}

interface Group {
  readonly title: string;
  readonly bars: readonly Bar[];
}

function groups({ steps, kernels }: BenchReport): Group[] {
  const seconds = (group: string): Bar[] =>
    steps
      .filter((step) => step.group === group)
      .map(({ name, wallSeconds }) => ({
        label: name,
        value: wallSeconds,
        text: `${wallSeconds.toFixed(2)} s`,
      }));
  const hasTokens = (step: StepResult) => step.tokensPerSecond !== undefined;
  return [
    { title: "Start-up, seconds", bars: seconds("start-up") },
    { title: "Loading, seconds", bars: seconds("loading") },
    {
      title: "Generating, tokens a second",
      bars: steps.filter(hasTokens).map(({ name, tokensPerSecond }) => ({
        label: name,
        value: tokensPerSecond!,
        text: tokensPerSecond!.toFixed(1),
      })),
    },
    ...(kernels
      ? [
          {
            title: "Matrix products of one 370M token, milliseconds",
            bars: kernels.results.map(({ kernel, threads, ms }) => ({
              label: threads === 1 ? kernel : `${kernel}, ${threads} threads`,
              value: ms,
              text: ms.toFixed(1),
            })),
          },
        ]
      : []),
  ];
}

/** The report as bars, each group with a scale of its own; readable on light and dark grounds. */
export function chart(report: BenchReport): string {
  const body: string[] = [];
  let y = 8;
  for (const { title, bars } of groups(report)) {
    const largest = Math.max(...bars.map(({ value }) => value));
    y += HEADING;
    body.push(`<text x="0" y="${y - 12}" font-weight="bold">${escapeXml(title)}</text>`);
    for (const { label, value, text } of bars) {
      const width = Math.max(1, (value / largest) * BAR);
      const middle = y + ROW / 2 + 4;
      body.push(
        `<text x="${LABEL - 8}" y="${middle}" text-anchor="end">${escapeXml(label)}</text>`,
        `<rect x="${LABEL}" y="${y + 3}" width="${width.toFixed(1)}" height="${ROW - 6}" fill="#3b82c4"/>`,
        `<text x="${(LABEL + width + 6).toFixed(1)}" y="${middle}">${escapeXml(text)}</text>`,
      );
      y += ROW;
    }
  }
  const { cpu, cores, node } = report.machine;
  y += HEADING;
  body.push(
    `<text x="0" y="${y - 12}">${escapeXml(`${cpu}, ${cores} cores, Node ${node}`)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y}" viewBox="0 0 ${WIDTH} ${y}" font-family="system-ui, sans-serif" font-size="12" fill="#7a7a7a"><title>Start-up, loading and speed of ternac</title>`,
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
