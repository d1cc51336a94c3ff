import {
  type CheckpointReport,
  formatCheckpointReport,
  formatImageReport,
  type ImageReport,
  type ReportPart,
  reportCheckpoint,
  reportImage,
} from "../inspect/index.js";
import { loadImage } from "./load-program.js";
import { isFolder, openModelFolder } from "./open-model.js";
import { Progress } from "./progress.js";
import { UsageError } from "./usage-error.js";

/**
 * The report of an image or of a checkpoint's folder.
 * @throws UserError, UsageError
 */
export async function inspectPath(
  path: string,
  synthetic: boolean,
): Promise<{ report: ImageReport | CheckpointReport; parts: ReportPart[] }> {
  if (isFolder(path)) {
    const report = await inspectFolder(path, synthetic);
    return { report, parts: formatCheckpointReport(report) };
  }
  if (synthetic)
    throw new UsageError(`--synthetic is about a checkpoint, and ${path} is no folder`);
  const report = reportImage(await loadImage(path));
  return { report, parts: formatImageReport(report) };
}

async function inspectFolder(path: string, synthetic: boolean): Promise<CheckpointReport> {
  const checkpoint = await openModelFolder(path, synthetic);
  const progress = new Progress("reading tensors");
  try {
    return await reportCheckpoint(checkpoint, (done, total) => progress.update(done, total));
  } finally {
    progress.finish();
    await checkpoint.close();
  }
}
