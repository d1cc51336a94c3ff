import { UserError } from "../diagnostics/diagnostic.js";

/** What the operating system's refusals mean to a user. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is not a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on the device",
  EMFILE: "too many open files",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
  ERR_FS_FILE_TOO_LARGE: "it is too large to be read at once",
};

/**
 * A failed system call as a UserError, `prefix: reason`; anything else as it is.
 * @param prefix what could not be done, such as `cannot read a.tasm`
 */
export function explainSystemError(error: unknown, prefix: string): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const code = String(error.code);
  if (!("syscall" in error) && !(code in REASONS)) return error;
  return new UserError(`${prefix}: ${REASONS[code] ?? code}`);
}
