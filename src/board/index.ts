export {
  type AcceleratorDescription,
  describeAccelerator,
  hardwareConfiguration,
  isTernac,
} from "./accelerator.js";
export { BoardTarget, type BoardTargetOptions } from "./board-target.js";
export {
  type CardContents,
  type ContentsStore,
  FileContentsStore,
  MemoryContentsStore,
} from "./card-contents.js";
export { type BoardDescription, describeBoards } from "./describe-boards.js";
export { type DoctorOptions, examine, type Finding } from "./doctor.js";
export { findAccelerator, findResource } from "./find.js";
export { checkBitstream, type FlashOptions, type FlashReport, flashGbs } from "./flash-gbs.js";
export { ACCELERATOR_UUID } from "./generated.js";
export { GoneError } from "./gone.js";
export { loadLibopae } from "./libopae.js";
export {
  type FpgaHandle,
  type FpgaLibrary,
  type FpgaResource,
  formatPciAddress,
  type HostBuffer,
  type PciAddress,
  parsePciAddress,
  type ResourceKind,
  sameCard,
} from "./library.js";
export type { LoadReport } from "./load-image.js";
export { measureClock } from "./measure-clock.js";
export { closing } from "./release.js";
export { type BoardReport, boardReport } from "./report.js";
export { formatShell, type Shell } from "./shells.js";
export { type SystemCard, SystemFiles, systemCards } from "./sysfs.js";
