import { type CoreReport, coreReport } from "../rtl/report.js";
import type { BoardTarget } from "./board-target.js";
import type { LoadReport } from "./load-image.js";

/** What a run on a card amounted to. */
export interface BoardReport extends CoreReport {
  /** Seconds that the program ran, as the host sees it. */
  readonly runSeconds: number;
  readonly load: LoadReport;
}

/** @param target after a run; undefined when nothing was loaded */
export function boardReport(target: BoardTarget): BoardReport | undefined {
  const { loadReport: load, runSeconds } = target;
  return load && { ...coreReport(target.counters(), target.configuration), runSeconds, load };
}
