import { existsSync, statSync } from "node:fs";
import { basename } from "node:path";
import { InputError } from "../core/errors.js";

/** What the file system says of a file at one moment; differs once somebody has written to it. */
export type FileState = string;

/** The state of a file now. */
export function fileStateOf(path: string): FileState {
  const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
}

/** Throws if a file is not as it was. @throws InputError that begins with the caller's name. */
export function checkUnchanged(path: string, before: FileState, caller: string = "loadSources"): void {
  const isThere = existsSync(path);
  if (isThere && fileStateOf(path) === before) return;
  throw new InputError(
    `${caller}: ${basename(path)} must not change while it is read, got ${isThere ? "another size or time than before" : "no file any more"}. Read it again once nobody writes to it`,
  );
}
