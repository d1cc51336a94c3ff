import { BaseCommand } from "../../cli/base-command.js";
import { ExitCode } from "../../cli/exit-codes.js";
import { rootFlag } from "../../cli/flags.js";
import { prose } from "../../cli/prose.js";

export default class BoardDoctor extends BaseCommand {
  static override summary = "Find what keeps a card from working, and what to do about it.";
  static override description = prose(`
    Looks at the card, its PCI link, driver, device files, accelerator and temperature, at OPAE's library, and
    at the memory that copies need. The exit status is 0 when nothing stands in the way, 1 when something does.
  `);
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --json",
  ];
  static override enableJsonFlag = true;
  static override flags = { root: rootFlag };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(BoardDoctor);
    const { examine, loadLibopae } = await import("../../board/index.js");
    const { formatFindings } = await import("../../cli/findings.js");
    const { LIBRARY_VARIABLE } = await import("../../cli/open-board.js");
    const findings = examine({
      ...(flags.root !== undefined && { root: flags.root }),
      library: () => loadLibopae(process.env[LIBRARY_VARIABLE] || undefined),
    });
    const ready = findings.every(({ status }) => status !== "fail");
    this.log(formatFindings(findings));
    process.exitCode = ready ? ExitCode.success : ExitCode.badInput;
    return { ready, findings };
  }
}
