import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const text = readFileSync(join(root, "docs/adding-an-instruction.md"), "utf8");

/** The fenced blocks of a language in the page. */
function blocks(language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    ([, block]) => block!,
  );
}

/** Apply one hunk: its context must be in the file exactly once. */
function applyHunk(tree: string, diff: string): void {
  const path = /^\+\+\+ b\/(.*)$/m.exec(diff)![1]!;
  const lines = diff.slice(diff.indexOf("@@\n") + 3).split("\n");
  const side = (sign: "+" | "-") =>
    lines
      .filter((line) => !line.startsWith(sign))
      .map((line) => line.slice(1))
      .join("\n");
  const before = readFileSync(join(tree, path), "utf8");
  expect(before.split(side("+")).length - 1, `places where the change of ${path} fits`).toBe(1);
  writeFileSync(
    join(tree, path),
    before.replace(side("+"), () => side("-")),
  );
}

/** The commands of the page's consoles, each with what the page says that it prints. */
function commands(): { command: string; printed: string }[] {
  return blocks("console").flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [command = "", ...lines] = part.split("\n");
        return { command, printed: lines.join("\n") };
      }),
  );
}

describe("docs/adding-an-instruction.md", () => {
  const tree = mkdtempSync(join(tmpdir(), "ternac-max-"));

  beforeAll(() => {
    for (const path of ["bin", "isa", "src", "rtl", "docs", "editors"])
      cpSync(join(root, path), join(tree, path), { recursive: true });
    for (const path of ["package.json", "biome.json", "tsconfig.json", ".gitignore"])
      cpSync(join(root, path), join(tree, path));
    symlinkSync(join(root, "node_modules"), join(tree, "node_modules"), "dir");
    mkdirSync(join(tree, ".git")); // biome looks for the root of the repository
    for (const diff of blocks("diff")) applyHunk(tree, diff);
    writeFileSync(join(tree, "max.tasm"), blocks("tasm").join("\n"));
  });
  afterAll(() => rmSync(tree, { recursive: true }));

  it("changes the row and the semantics and nothing else", () => {
    const files = blocks("diff").map((diff) => /^\+\+\+ b\/(.*)$/m.exec(diff)![1]);
    expect(files).toEqual(["isa/instructions.yaml", "src/emulator/semantics/rowwise.ts"]);
  });

  it.each(commands())("prints what the page says: $command", ({ command, printed }) => {
    const run = spawnSync("sh", ["-c", command], {
      cwd: tree,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1", COLUMNS: "100" },
    });
    expect(run.stdout).toBe(printed);
  });

  it.each([
    ["src/isa/generated.ts", /id: "max",/],
    ["rtl/ternac_pkg.sv", /OpMax = 8'h2b/],
    ["rtl/ternac_pkg.sv", /OpMax: return '\{1'b1, FmtVdVs1Vs2, UnitRowwise, TimingRowwise\};/],
    ["docs/isa/rowwise.md", /^## `max vd, vs1, vs2`$/m],
    ["docs/isa/README.md", /\(rowwise\.md#max-vd-vs1-vs2\)/],
    ["editors/vscode/syntaxes/tasm.tmLanguage.json", /rowwise\.tasm",\s+"match": "[^"]*\|max\|/],
    ["editors/vscode/snippets/tasm.json", /^ {2}"max vd, vs1, vs2": \{$/m],
    ["editors/completion.json", /"mnemonic": "max"/],
  ])("reaches %s as %s", (path, pattern) => {
    expect(pattern.test(readFileSync(join(tree, path), "utf8"))).toBe(true);
    expect(pattern.test(readFileSync(join(root, path), "utf8"))).toBe(false);
  });

  it("compiles, and does not without the semantics", () => {
    writeFileSync(
      join(tree, "tsconfig.max.json"),
      JSON.stringify({
        extends: "./tsconfig.json",
        compilerOptions: { types: [] },
        include: ["src/emulator/semantics/index.ts"],
      }),
    );
    const compile = () =>
      spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.max.json"], {
        cwd: tree,
        encoding: "utf8",
      }).stdout;
    expect(compile()).toBe("");
    const path = "src/emulator/semantics/rowwise.ts";
    cpSync(join(root, path), join(tree, path));
    expect(compile()).toMatch(/Property 'max' is missing/);
  });
});
