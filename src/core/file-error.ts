import { accessSync, constants } from "node:fs";
import { InputError, MachineError } from "./errors.js";

/** What the system says of a path that the user can mend. Everything else (a full disk, a broken one) is the machine's. */
const userFaults: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "no such file"],
  ["EISDIR", "a folder"],
  ["ENOTDIR", "a file where a folder is due"],
  ["EEXIST", "a file where a folder is due"],
  ["EACCES", "no permission"],
  ["EPERM", "no permission"],
  ["EROFS", "a disk that is read-only"],
  ["ENAMETOOLONG", "a name that is too long"],
  ["ELOOP", "links in a circle"],
]);

const machineFaults: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "the disk quota is used up"],
  ["EMFILE", "too many files are open"],
  ["EIO", "the disk does not answer"],
]);

/**
 * The error for a file that could not be read or written, in one sentence: {@link InputError} where the path is to blame,
 * {@link MachineError} where the machine is. An error that is none of the file system's comes back as it is.
 *
 * @param requirement - What the path must be, such as `path must name a file that can be written`.
 */
export function fileError(
  error: unknown,
  {
    caller,
    requirement,
    path,
  }: { readonly caller: string; readonly requirement: string; readonly path: string },
): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  const fault = userFaults.get(code);
  if (fault !== undefined) return new InputError(`${caller}: ${requirement}, got ${fault} at ${path}`);
  return new MachineError(`${caller}: ${machineFaults.get(code) ?? message} at ${path}`, { cause: error });
}

/** Throws unless a file may be read. `argument` is what a message calls its path. @throws InputError */
export function checkReadable(caller: string, argument: string, path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw fileError(error, { caller, requirement: `${argument} must name a file that can be read`, path });
  }
}
