import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { InputError } from "./errors.js";
import { fileError } from "./file-error.js";

/**
 * Writes a whole file or nothing: temporary file beside it, flushed to disk, renamed over the old one.
 *
 * @param path - Folders on the way are made.
 * @throws InputError if the path is a folder or may not be written.
 * @throws MachineError if the disk is full.
 */
export function writeFileAtomic(path: string, content: string | Uint8Array): void {
  try {
    makeFolder(dirname(path));
    writeAndRename(path, content);
  } catch (error) {
    throw fileError(error, {
      caller: "writeFileAtomic",
      requirement: "path must name a file that can be written",
      path,
    });
  }
}

/**
 * Throws unless a file could be written at `path`, so that long work does not end in vain. Writes nothing.
 *
 * @param argument - What a message calls the path, such as `--output`.
 * @throws InputError if the path is a folder, goes through a file, or may not be written.
 */
export function checkWritable(caller: string, argument: string, path: string): void {
  const requirement = `${argument} must name a file that can be written`;
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw new InputError(`${caller}: ${requirement}, got a folder at ${path}`);
    let folder = dirname(path);
    while (!existsSync(folder)) folder = dirname(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw fileError(error, { caller, requirement, path });
  }
}

/** Makes a folder and those on the way. Node's own way of that never ends below `/proc`. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function writeAndRename(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.part`;
  try {
    writeFlushed(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeFlushed(path: string, content: string | Uint8Array): void {
  const file = openSync(path, "w");
  try {
    const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
    for (let offset = 0; offset < bytes.length; ) offset += writeSync(file, bytes, offset);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
