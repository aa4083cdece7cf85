import { resolve } from "node:path";
import { InputError } from "../core/errors.js";
import { checkWritable } from "../core/write-atomic.js";
import type { CommandInput, Surroundings } from "./command.js";

/** Where a command writes. */
export interface OutputFile {
  /** As the user typed it. */
  readonly written: string;
  readonly path: string;
}

/**
 * The file of `--output`, checked before any work.
 *
 * @param caller - The command, such as `segbook fit`.
 * @param sources - Options whose files the command reads: none of them may be written over.
 * @throws InputError if it was not given, cannot be written or is one of the files read.
 */
export function outputFile(
  caller: string,
  input: CommandInput,
  { folder, sources = [] }: Pick<Surroundings, "folder"> & { readonly sources?: readonly string[] },
): OutputFile {
  const written = input.required("output");
  const path = resolve(folder, written);
  const same = sources.find((name) => input.text(name) && resolve(folder, input.text(name)!) === path);
  if (same !== undefined)
    throw new InputError(
      `${caller}: --output must be another file than --${same}, got ${JSON.stringify(written)} for both`,
    );
  checkWritable(caller, "--output", path);
  return { written, path };
}
